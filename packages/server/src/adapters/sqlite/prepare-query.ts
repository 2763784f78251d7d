import type { CompiledQuery } from 'kysely';
import type { Query } from './sqlite-database.js';

/** Stands for a value that is given when the query is run. */
class Placeholder {
  constructor(readonly name: string) {}
}

/**
 * A query built and compiled once instead of each time, for those that take longer to build than to
 * run (a tenth of a millisecond and more).
 *
 * @param build is given the parameters of the first run, each of which may only be put into the query
 *   as it is; later runs name the same
 */
export function prepareQuery<Parameters extends object, Row>(
  build: (parameters: Parameters) => Query<Row>,
): (parameters: Parameters) => Query<Row> {
  let prepared: CompiledQuery<Row> | null = null;
  return (given) => {
    prepared ??= build(placeholders(given)).compile();
    const query = prepared;
    const values = new Map<string, unknown>(Object.entries(given));
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? values.get(value.name) : value,
    );
    return { compile: () => ({ ...query, parameters }) };
  };
}

function placeholders<Parameters extends object>(given: Parameters): Parameters {
  const names = Object.keys(given);
  return Object.fromEntries(names.map((name) => [name, new Placeholder(name)])) as Parameters;
}

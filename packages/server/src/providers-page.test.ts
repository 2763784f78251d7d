import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { providerConfigSchema } from './adapters/openai-compatible/provider-config.js';
import { variables } from './config.js';

const page = readFileSync(
  fileURLToPath(new URL('../../../docs/providers.md', import.meta.url)),
  'utf8',
);
const settings = page.slice(page.indexOf('## Settings'), page.indexOf('## Presets'));

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: { enum?: string[] };
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/** Paths of all fields, as the table writes them. */
function fieldsOf(schema: JsonSchema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const place = path === '' ? name : `${path}.${name}`;
    // Those of a model are those of the provider.
    return place === 'models.parameters' ? [place] : [place, ...fieldsOf(inner, place)];
  });
  const { additionalProperties: others, items, propertyNames } = schema;
  const named =
    propertyNames?.enum && typeof others === 'object' ? fieldsOf(others, `${path}.<name>`) : [];
  return [...own, ...named, ...(items ? fieldsOf(items, path) : [])];
}

it('names every field of a provider in its table, and no other', () => {
  const schema = z.toJSONSchema(providerConfigSchema, { io: 'input' }) as JsonSchema;
  const fields = fieldsOf(schema);
  expect(fields).toContain('timeouts.first_byte_ms');
  expect(fields).toContain('parameters.<name>.wire_name');
  const rows = [...settings.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual(fields.toSorted());
});

it('names variables that there are', () => {
  const named = [...page.matchAll(/`([A-Z]{2,}_[A-Z_]+)[`=]/g)].map(([, name = '']) => name);
  const ours = named.filter((name) => name !== 'NODE_EXTRA_CA_CERTS');
  expect(ours.filter((name) => !(name in variables))).toEqual([]);
  for (const name of ['PROVIDER_FIRST_BYTE_MS', 'PROVIDER_IDLE_MS', 'HTTPS_PROXY', 'NO_PROXY']) {
    expect(ours).toContain(name);
  }
});

it('shows configurations that are accepted', () => {
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(
    ([, json = '']) => JSON.parse(json) as unknown,
  );
  expect(examples.length).toBeGreaterThan(5);
  for (const example of examples) {
    const isFile = typeof example === 'object' && example !== null && 'providers' in example;
    const providers = isFile ? example.providers : Array.isArray(example) ? example : [example];
    z.array(providerConfigSchema).min(1).parse(providers);
  }
});

import { diagnose } from './diagnose.js';
import { report } from './report.js';
import { createVisit, type VisitOptions } from './visit.js';

/**
 * Looks at a deployed server from outside and says what to change.
 *
 * @returns the exit code: 0 when nothing failed, else 1
 */
export async function runDoctor({
  json,
  ...options
}: VisitOptions & { json: boolean }): Promise<number> {
  const diagnosis = await diagnose(createVisit(options));
  const text = json ? JSON.stringify(diagnosis, null, 2) : report(diagnosis);
  process.stdout.write(`${text}\n`);
  return diagnosis.ok ? 0 : 1;
}

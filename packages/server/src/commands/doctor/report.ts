import type { Diagnosis } from './diagnose.js';
import type { Finding, Verdict } from './finding.js';

const MARKS: Readonly<Record<Verdict, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: 'skipped',
};
const NAME_WIDTH = 10;

/** A diagnosis to read. */
export function report({ url, findings }: Diagnosis): string {
  const count = (verdict: Verdict) => findings.filter((one) => one.verdict === verdict).length;
  const failures = count('failed');
  const warnings = count('warning');
  const summary =
    failures + warnings === 0 ? 'All is well.' : `${failures} failed, ${warnings} to improve.`;
  return [`The doctor’s report on ${url}`, '', ...findings.flatMap(lines), '', summary].join('\n');
}

function lines({ check, verdict, found, advice }: Finding): string[] {
  const head = `  ${MARKS[verdict]}  ${check.padEnd(NAME_WIDTH)}  ${found}`;
  return [head, ...advice.map((line) => `           → ${line}`)];
}

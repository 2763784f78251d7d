/** What a check looks at, in the order of a report. */
export const CHECKS = [
  'reachable',
  'encryption',
  'ready',
  'streams',
  'idle',
  'websocket',
  'own page',
  'cors',
  'clock',
  'assets',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** `failed` is what people will notice as broken; a `warning` works, but could do better. */
export type Verdict = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found. */
export interface Finding {
  check: CheckName;
  verdict: Verdict;
  /** What was seen, as a sentence. */
  found: string;
  /** What to change, a line each; empty where nothing is to be. */
  advice: readonly string[];
}

/** What a check tells of its subject; whoever calls it knows which that is. */
export type Outcome = Omit<Finding, 'check'>;

export const ok = (found: string): Outcome => ({ verdict: 'ok', found, advice: [] });
export const skipped = (found: string): Outcome => ({ verdict: 'skipped', found, advice: [] });
export const warning = (found: string, ...advice: string[]): Outcome => ({
  verdict: 'warning',
  found,
  advice,
});
export const failed = (found: string, ...advice: string[]): Outcome => ({
  verdict: 'failed',
  found,
  advice,
});

import { MAX_USAGE_DAYS, type UsageCounts } from '@chat-playground/sdk/protocol';
import { invalidField } from '../domain/domain-error.js';
import { dayOf, type Day, type UsageSum } from '../domain/usage.js';
import type { Caller } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { UsageStorage } from '../ports/usage-storage.js';

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

interface UsageDays {
  days?: number | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
}

export interface UsageReport {
  from: Day;
  to: Day;
  /** Newest day first, then by model. */
  rows: (UsageCounts & { day: Day; model: string })[];
  totals: UsageCounts;
}

export type GetUsage = (caller: Caller, asked: UsageDays) => Promise<UsageReport>;

interface GetUsageDeps {
  storage: UsageStorage;
  clock: Clock;
}

/** What the caller has spent. @throws DomainError `invalid_request` for days that cannot be */
export function createGetUsage({ storage, clock }: GetUsageDeps): GetUsage {
  return async ({ userId }, asked) => {
    const range = rangeOf(asked, dayOf(clock.now()));
    const sums = await storage.sumUsage(userId, range);
    return { ...range, rows: rowsOf(sums), totals: sums.reduce(add, NOTHING) };
  };
}

function rangeOf({ days, from, to: last }: UsageDays, today: Day): { from: Day; to: Day } {
  const to = last ?? today;
  if (from === undefined) return { from: daysBefore(to, (days ?? DEFAULT_DAYS) - 1), to };
  if (days !== undefined) throw invalidField('query.days', 'cannot be named together with from');
  if (from > to) throw invalidField('query.from', `must not be after ${to}, the last day`);
  if (from < daysBefore(to, MAX_USAGE_DAYS - 1)) {
    throw invalidField('query.from', `must be at most ${MAX_USAGE_DAYS} days back from ${to}`);
  }
  return { from, to };
}

function daysBefore(day: Day, count: number): Day {
  return dayOf(Date.parse(day) - count * DAY_MS);
}

const NOTHING: UsageCounts = {
  replies: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  title_tokens: 0,
};

function add(counts: UsageCounts, sum: UsageSum): UsageCounts {
  const isTitle = sum.kind === 'title';
  const { promptTokens, completionTokens } = sum;
  return {
    replies: counts.replies + (isTitle ? 0 : sum.count),
    prompt_tokens: counts.prompt_tokens + promptTokens,
    completion_tokens: counts.completion_tokens + completionTokens,
    title_tokens: counts.title_tokens + (isTitle ? promptTokens + completionTokens : 0),
  };
}

/** Replies and titles of one day and model are one row. */
function rowsOf(sums: readonly UsageSum[]): UsageReport['rows'] {
  const rows = new Map<string, UsageReport['rows'][number]>();
  for (const sum of sums) {
    const { day, model } = sum;
    const key = `${day} ${model}`;
    rows.set(key, { day, model, ...add(rows.get(key) ?? NOTHING, sum) });
  }
  return [...rows.values()].sort(
    (a, b) => b.day.localeCompare(a.day) || a.model.localeCompare(b.model),
  );
}

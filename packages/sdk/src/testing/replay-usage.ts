import type { UsageCounts, UsageRow } from '../protocol/index.js';
import { jsonResponse } from './replay-responses.js';
import type { ReplayCall, ReplayContext } from './replay-routes.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const DATE_LENGTH = 'yyyy-mm-dd'.length;

const NOTHING: UsageCounts = {
  replies: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  title_tokens: 0,
};

const dayOf = (at: number) => new Date(at).toISOString().slice(0, DATE_LENGTH);

/** What replies have cost, by day and model; the days are those that messages say they are of. */
export function sumUsage({ chats }: ReplayContext, { query }: ReplayCall): Response {
  const to = query.get('to') ?? dayOf(Date.now());
  const days = Number(query.get('days') ?? DEFAULT_DAYS);
  const from = query.get('from') ?? dayOf(Date.parse(to) - (days - 1) * DAY_MS);
  const rows = new Map<string, UsageRow>();
  let totals = NOTHING;
  for (const { created_at, model, metrics } of chats.messages.values()) {
    const day = dayOf(Date.parse(created_at));
    if (!metrics || model === null || day < from || day > to) continue;
    const key = `${day} ${model}`;
    rows.set(key, { day, model, ...add(rows.get(key) ?? NOTHING, metrics) });
    totals = add(totals, metrics);
  }
  const usage = [...rows.values()].sort((a, b) => b.day.localeCompare(a.day));
  return jsonResponse({ from, to, usage, totals });
}

type Cost = Pick<UsageCounts, 'prompt_tokens' | 'completion_tokens'>;

function add(counts: UsageCounts, cost: Cost): UsageCounts {
  return {
    replies: counts.replies + 1,
    prompt_tokens: counts.prompt_tokens + cost.prompt_tokens,
    completion_tokens: counts.completion_tokens + cost.completion_tokens,
    title_tokens: counts.title_tokens,
  };
}

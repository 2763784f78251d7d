import { dayOf, type UsageEntry, type UsageSum } from '../../domain/usage.js';
import type { UsageStorage } from '../../ports/usage-storage.js';
import type { UsageDocument } from './documents.js';
import { isDuplicateKey } from './mongo-errors.js';
import type { MongoModels } from './mongo-models.js';

/** A sum of one field over the entries of a day, model and kind. */
interface Group {
  _id: Pick<UsageSum, 'day' | 'model' | 'kind'>;
  sum: number;
}

export function createMongoUsage({ usage, users }: MongoModels): UsageStorage {
  return {
    async recordUsage(entry) {
      if (!(await users.exists({ _id: entry.ownerId }))) return;
      try {
        await usage.create(toUsageDocument(entry));
      } catch (error) {
        // Kept already, by a try whose answer was lost or by another node.
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /**
     * A request for each sum: of several in one group FerretDB 1.x adds up the first alone. One of
     * them may know an entry more than another, of a reply that ended in between.
     */
    async sumUsage(ownerId, { from, to }) {
      const sumUp = (what: 1 | '$promptTokens' | '$completionTokens') =>
        usage.aggregate<Group>([
          { $match: { ownerId, day: { $gte: from, $lte: to } } },
          { $group: { _id: { day: '$day', model: '$model', kind: '$kind' }, sum: { $sum: what } } },
        ]);
      const [counts, prompts, completions] = await Promise.all([
        sumUp(1),
        sumUp('$promptTokens'),
        sumUp('$completionTokens'),
      ]);
      const ofGroup = (groups: Group[]) => {
        const sums = new Map(groups.map(({ _id, sum }) => [keyOf(_id), sum]));
        return (id: Group['_id']) => sums.get(keyOf(id)) ?? 0;
      };
      const [promptTokens, completionTokens] = [ofGroup(prompts), ofGroup(completions)];
      return counts.map(({ _id, sum: count }) => ({
        ..._id,
        count,
        promptTokens: promptTokens(_id),
        completionTokens: completionTokens(_id),
      }));
    },
  };
}

function keyOf({ day, model, kind }: Group['_id']): string {
  return `${day} ${kind} ${model}`;
}

/** The id says what makes an entry one: its message and kind. */
export function toUsageDocument(entry: UsageEntry): UsageDocument {
  return { _id: `${entry.messageId}:${entry.kind}`, ...entry, day: dayOf(entry.createdAt) };
}

export function toUsage(document: UsageDocument): UsageEntry {
  const { messageId, kind, ownerId, model, promptTokens, completionTokens, createdAt } = document;
  return { messageId, kind, ownerId, model, promptTokens, completionTokens, createdAt };
}

import { describe, expect, it } from 'vitest';
import { addChat, addUser } from '../../test-support/storage-fixtures.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeVotes(makeHome: MakeHome): void {
  describe('votes', () => {
    const db = useStorage(makeHome);

    it('counts every vote of fifty that race, and a vote twice as none', async () => {
      const { id: owner } = await addUser(db.storage);
      const { reply } = await addChat(db.storage, owner);
      const voted = await db.storage.castVote(owner, reply.id, 'upvote');
      expect(voted).toEqual({ ...reply, vote: 'upvote', version: reply.version + 1 });
      expect(await db.storage.castVote(owner, reply.id, 'downvote')).toMatchObject({
        vote: 'downvote',
      });
      expect(await db.storage.castVote(owner, reply.id, 'downvote')).toMatchObject({ vote: null });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? db.storage : db.other).castVote(owner, reply.id, 'upvote'),
        ),
      );
      expect(answers.filter((answer) => answer?.vote === 'upvote')).toHaveLength(25);
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject({
        vote: null,
        version: reply.version + 53,
      });
    });

    it('keeps why one voted for as long as one does', async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const { reply } = await addChat(db.storage, owner);
      const details = { tags: ['wrong', 'rude'], comment: 'ไม่ถูกต้อง' };
      const describeVote = (voter: string) => db.storage.setVoteDetails(voter, reply.id, details);
      expect(await describeVote(owner)).toBeNull();
      await db.storage.castVote(owner, reply.id, 'downvote');
      expect(await describeVote(stranger)).toBeNull();
      const described = { vote: 'downvote', voteDetails: details, version: reply.version + 2 };
      expect(await describeVote(owner)).toMatchObject(described);
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject(described);
      const changed = await db.storage.castVote(owner, reply.id, 'upvote');
      expect(changed).toEqual({ ...reply, vote: 'upvote', version: reply.version + 3 });
    });
  });
}

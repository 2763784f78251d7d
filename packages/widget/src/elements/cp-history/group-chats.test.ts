import { expect } from '@open-wc/testing';
import { chat } from '../../test-support/chats.js';
import { groupChats, groupId } from './group-chats.js';

const NOW = new Date(2026, 5, 15, 12);

function at(year: number, month: number, day: number, hour = 9): string {
  return new Date(year, month, day, hour).toISOString();
}

describe('groupChats', () => {
  it('divides by the reader’s calendar, in the order of the list', () => {
    const chats = [
      chat('pinned', { pinned: true, updated_at: at(2020, 0, 1) }),
      chat('today', { updated_at: at(2026, 5, 15, 0) }),
      chat('yesterday', { updated_at: at(2026, 5, 14, 23) }),
      chat('week', { updated_at: at(2026, 5, 8) }),
      chat('month', { updated_at: at(2026, 4, 20) }),
      chat('march', { updated_at: at(2026, 2, 3) }),
      chat('march too', { updated_at: at(2026, 2, 1) }),
      chat('last march', { updated_at: at(2025, 2, 1) }),
    ];
    const groups = groupChats(chats, NOW);
    expect(groups.map(({ key }) => groupId(key).replace(/\d+/, 'n'))).to.deep.equal([
      'pinned',
      'today',
      'yesterday',
      'previousWeek',
      'previousMonth',
      'month-n',
      'month-n',
    ]);
    expect(groups[5]?.chats.map(({ chat_title }) => chat_title)).to.deep.equal([
      'march',
      'march too',
    ]);
  });
});

import { describe } from 'vitest';
import { describeAccounts } from './storage-contract/accounts-contract.js';
import { describeBranches } from './storage-contract/branches-contract.js';
import { describeChats } from './storage-contract/chats-contract.js';
import { describeDeletion } from './storage-contract/deletion-contract.js';
import { describeDurability } from './storage-contract/durability-contract.js';
import { describeOwnership } from './storage-contract/ownership-contract.js';
import { describeReplies } from './storage-contract/replies-contract.js';
import { describeSearch } from './storage-contract/search-contract.js';
import { describeSends } from './storage-contract/sends-contract.js';
import type { MakeHome } from './storage-contract/storage-home-contract.js';
import { describeUsage } from './storage-contract/usage-contract.js';
import { describeUsers } from './storage-contract/users-contract.js';
import { describeVotes } from './storage-contract/votes-contract.js';

/**
 * What every storage adapter must do, told from outside through the port alone.
 *
 * @param name of the adapter, for the report
 * @param makeHome makes an empty database
 */
export function describeStorageContract(name: string, makeHome: MakeHome): void {
  describe(`storage contract: ${name}`, () => {
    describeUsers(makeHome);
    describeAccounts(makeHome);
    describeUsage(makeHome);
    describeChats(makeHome);
    describeSends(makeHome);
    describeBranches(makeHome);
    describeVotes(makeHome);
    describeReplies(makeHome);
    describeDeletion(makeHome);
    describeOwnership(makeHome);
    describeSearch(makeHome);
    describeDurability(makeHome);
  });
}

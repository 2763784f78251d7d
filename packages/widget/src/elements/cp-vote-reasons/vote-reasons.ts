import type { Vote, VoteDetails } from '@chat-playground/sdk';
import type { PlainTerm } from '../../i18n/dictionary.js';
import type { LocalizeController } from '../../controllers/localize-controller.js';

/** Labels to choose from, as they are kept: the same in every language. */
export const REASONS: Readonly<Record<Vote, readonly string[]>> = {
  upvote: ['accurate', 'helpful', 'clear', 'thorough', 'creative'],
  downvote: ['incorrect', 'off_topic', 'incomplete', 'too_long', 'unclear', 'harmful'],
};

const TERMS: Readonly<Record<string, PlainTerm>> = {
  accurate: 'voteAccurate',
  helpful: 'voteHelpful',
  clear: 'voteClear',
  thorough: 'voteThorough',
  creative: 'voteCreative',
  incorrect: 'voteIncorrect',
  off_topic: 'voteOffTopic',
  incomplete: 'voteIncomplete',
  too_long: 'voteTooLong',
  unclear: 'voteUnclear',
  harmful: 'voteHarmful',
};

/** A label in the reader's language; one that another program made up as it is. */
export function reasonText(reason: string, localize: LocalizeController): string {
  const term = TERMS[reason];
  return term === undefined ? reason : localize.term(term);
}

/** Everything that was said, on one line. */
export function summarise({ tags, comment }: VoteDetails, localize: LocalizeController): string {
  const words = comment === '' ? [] : [`“${comment}”`];
  return [...tags.map((tag) => reasonText(tag, localize)), ...words].join(' · ');
}

import type { ReplyError } from '@chat-playground/sdk/protocol';

/** Words of providers for a filter that stopped a reply. */
const FILTERED = /filter|safety|sensitive|prohibited|blocklist|recitation|spii|moderation|refus/i;
const TOOLS = /tool|function/i;
const FULL = /length|max_tokens|token_limit/i;

/**
 * Why a reply that the provider calls whole has no text.
 *
 * @param finishReason the provider's word for the ending
 */
export function emptyReplyError(finishReason: string | null, hasReasoning: boolean): ReplyError {
  const reason = finishReason ?? '';
  if (FILTERED.test(reason)) {
    return rejected("The provider's content filter stopped the reply before its first word.");
  }
  if (TOOLS.test(reason)) {
    return rejected('The model asked for a tool and wrote no text. No tool is offered here.');
  }
  if (FULL.test(reason)) {
    return rejected(
      hasReasoning
        ? 'The model used up the length of the reply while it thought. Allow a longer output.'
        : 'The reply reached its length limit before its first word. Allow a longer output.',
    );
  }
  const message = hasReasoning
    ? 'The model thought, and ended without an answer. Try again.'
    : 'The model ended without a word. Try again.';
  return { code: 'provider_invalid_response', message, retryable: true };
}

function rejected(message: string): ReplyError {
  return { code: 'provider_rejected', message, retryable: false };
}

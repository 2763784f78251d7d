/**
 * Fetches and registers the elements of a conversation, which are not part of the first download.
 * Asking again costs nothing.
 *
 * @throws TypeError when the file cannot be fetched
 */
export async function loadConversationElements(): Promise<void> {
  await import('../../define-conversation.js');
}

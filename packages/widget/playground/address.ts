const CHAT_PATH = /^\/chat\/([^/]+)\/?$/;

/** The chat a path of the page names; null for the page itself. */
export function chatIdOf(pathname: string): string | null {
  const encoded = CHAT_PATH.exec(pathname)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A path that is no valid encoding names no chat; the server will say so.
    return encoded;
  }
}

/** The path under which a chat is found. */
export function pathOf(chatId: string | null): string {
  return chatId === null ? '/' : `/chat/${encodeURIComponent(chatId)}`;
}

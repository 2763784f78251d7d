const CHAT_PATH = /^\/chat\/([^/]+)\/?$/;

/**
 * The chat a path of the page names; null for the page itself.
 *
 * @param root the path below which the server is seen, with a slash on both sides
 */
export function chatIdOf(pathname: string, root: string): string | null {
  if (!pathname.startsWith(root)) return null;
  const encoded = CHAT_PATH.exec(pathname.slice(root.length - 1))?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A path that is no valid encoding names no chat; the server will say so.
    return encoded;
  }
}

/** The path under which a chat is found. */
export function pathOf(chatId: string | null, root: string): string {
  return chatId === null ? root : `${root}chat/${encodeURIComponent(chatId)}`;
}

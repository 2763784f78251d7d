import { usePathname } from 'next/navigation';

const CHAT_PATH = /^\/chat\/([^/]+)$/;

/** The chat that the address names: `/chat/<id>`, or null for `/`, an empty one. */
export function useShownChatId(): string | null {
  return CHAT_PATH.exec(usePathname())?.[1] ?? null;
}

const PREFIX = 'cp:draft:';

/** What was typed and not sent, kept for this tab. Where storage is denied, drafts are not kept. */
export class Drafts {
  /** @param storage null when the browser denies it */
  constructor(private readonly storage: Storage | null = sessionStorageIfAllowed()) {}

  /** @param chatKey the chat's id, or any other name for a chat that has none yet */
  read(chatKey: string): string {
    return this.storage?.getItem(PREFIX + chatKey) ?? '';
  }

  write(chatKey: string, text: string): void {
    try {
      if (text === '') this.storage?.removeItem(PREFIX + chatKey);
      else this.storage?.setItem(PREFIX + chatKey, text);
    } catch {
      // The quota is used up. A draft that cannot be kept is still in the text box.
      this.storage?.removeItem(PREFIX + chatKey);
    }
  }

  /** Forgets every draft: the next person at this tab must not find them. */
  clear(): void {
    const keys = Object.keys(this.storage ?? {});
    for (const key of keys) if (key.startsWith(PREFIX)) this.storage?.removeItem(key);
  }
}

function sessionStorageIfAllowed(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    // Reading the property throws where storage is blocked (sandboxed frames, some settings).
    return null;
  }
}

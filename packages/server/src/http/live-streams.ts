/** The streams being read, by session, so that signing out ends them. */
export interface LiveStreams {
  /** @param end called when the session ends @returns the removal */
  open(sessionId: string, end: () => void): () => void;
  endSession(sessionId: string): void;
  /** Ends every stream; readers resume where they were. */
  endAll(): void;
}

export function createLiveStreams(): LiveStreams {
  const bySession = new Map<string, Set<() => void>>();

  return {
    open(sessionId, end) {
      const streams = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, streams.add(end));
      return () => {
        streams.delete(end);
        if (streams.size === 0 && bySession.get(sessionId) === streams) bySession.delete(sessionId);
      };
    },
    endSession(sessionId) {
      for (const end of bySession.get(sessionId) ?? []) end();
      bySession.delete(sessionId);
    },
    endAll() {
      for (const streams of bySession.values()) for (const end of streams) end();
      bySession.clear();
    },
  };
}

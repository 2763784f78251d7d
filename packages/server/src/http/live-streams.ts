/** The streams being read, by session, so that signing out ends them. */
export interface LiveStreams {
  /** @returns a signal that aborts when the session ends, and the removal */
  open(sessionId: string): { signal: AbortSignal; close: () => void };
  endSession(sessionId: string): void;
  /** Ends every stream; readers resume where they were. */
  endAll(): void;
}

export function createLiveStreams(): LiveStreams {
  const bySession = new Map<string, Set<AbortController>>();

  return {
    open(sessionId) {
      const controller = new AbortController();
      const streams = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, streams.add(controller));
      return {
        signal: controller.signal,
        close() {
          streams.delete(controller);
          if (streams.size === 0) bySession.delete(sessionId);
        },
      };
    },
    endSession(sessionId) {
      for (const controller of bySession.get(sessionId) ?? []) controller.abort();
      bySession.delete(sessionId);
    },
    endAll() {
      for (const controllers of bySession.values()) {
        for (const controller of controllers) controller.abort();
      }
      bySession.clear();
    },
  };
}

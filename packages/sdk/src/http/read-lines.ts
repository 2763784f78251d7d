/**
 * Bytes to lines without their ends; the last line need not have one. Empty lines are left out.
 *
 * @param onWait called before each wait for the next bytes
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
  onWait: () => void,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      onWait();
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      yield* lines.filter((line) => line !== '');
      if (done) return;
    }
  } finally {
    // Left early: let go of the connection. It may have failed already, which was thrown above.
    await reader.cancel().catch(() => undefined);
  }
}

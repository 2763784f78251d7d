import { PARAMETER_NAMES, type ParameterName } from '@chat-playground/sdk/protocol';
import type { ParameterRule } from '../domain/parameter-rule.js';
import type { ModelProvider } from '../ports/model-provider.js';

export interface EchoProvider extends ModelProvider {
  /** Lets replies to messages that contain "wait" come to their end. */
  finish(): void;
}

/** A model that says back what was said last, word by word; told to "wait", it stays in the middle. */
export function createEchoProvider(): EchoProvider {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const unsupported: ParameterRule = { supported: false };
  const parameters = Object.fromEntries(
    PARAMETER_NAMES.map((name) => [name, unsupported]),
  ) as Record<ParameterName, ParameterRule>;

  return {
    name: 'echo',
    makesTitles: false,
    listModels: async () => [{ id: 'parrot', name: 'Parrot', parameters }],
    async complete({ messages }, take, signal) {
      const words = (messages.at(-1)?.content ?? '').split(/(?<= )/);
      for (const [index, text] of words.entries()) {
        await take([{ type: 'text', text }]);
        if (index === 0 && words.some((word) => word.trim() === 'wait'))
          await untilEither(finished, signal);
      }
      await take([{ type: 'finish', reason: 'stop' }]);
    },
    finish: () => finish(),
  };
}

function untilEither(done: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void done.then(resolve);
  });
}

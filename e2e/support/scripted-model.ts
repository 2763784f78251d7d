import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startScriptedUpstream,
  wholeReply,
  type Script,
  type ScriptedUpstream,
  type UpstreamRequest,
} from '../../packages/server/src/test-support/scripted-upstream.js';

/** A model that answers as a test tells it, and what a server must be told to use it. */
export interface ScriptedModel {
  upstream: ScriptedUpstream;
  /** For the server's environment. */
  env: { PLAYGROUND_CONFIG: string };
  /** How questions are answered from now on; titles are always made. */
  answerWith(script: Script): void;
  /** The request that carries this question, if it has come. */
  requestFor(question: string): UpstreamRequest | undefined;
  close(): Promise<void>;
}

const isTitle = (content: string | undefined) => content?.startsWith('Question:\n') ?? false;

export async function startScriptedModel(): Promise<ScriptedModel> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-playground-model-'));
  const upstream = await startScriptedUpstream();
  const file = join(folder, 'playground.config.json');
  const models = [{ id: 'scripted' }];
  writeFileSync(
    file,
    JSON.stringify({ providers: [{ name: 'acme', base_url: upstream.baseUrl, models }] }),
  );
  return {
    upstream,
    env: { PLAYGROUND_CONFIG: file },
    answerWith(script) {
      upstream.answerWith(({ messages }) =>
        isTitle(messages.at(-1)?.content) ? wholeReply('A title') : script,
      );
    },
    requestFor: (question) =>
      upstream.requests.find(({ body }) => body.messages.at(-1)?.content === question),
    async close() {
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A gate for a script's `hold`. */
export function createGate(): { until: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (open = resolve));
  return { until, open };
}

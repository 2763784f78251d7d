/* global document, window */
import {
  AssistantRuntimeProvider,
  MessagePrimitive,
  ThreadPrimitive,
  useLocalRuntime,
} from '@assistant-ui/react';
import { MarkdownTextPrimitive } from '@assistant-ui/react-markdown';
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import remarkGfm from 'remark-gfm';
import { awaitWholeText } from './await-text.js';
import { readDeltas } from './read-deltas.js';

const adapter = {
  async *run() {
    let text = '';
    for await (const delta of readDeltas()) {
      text += delta;
      yield { content: [{ type: 'text', text }] };
    }
  },
};
const remarkPlugins = [remarkGfm];
const Markdown = () => h(MarkdownTextPrimitive, { remarkPlugins });
const parts = { Text: Markdown };
const Message = () =>
  h(MessagePrimitive.Root, null, h(MessagePrimitive.Parts, { components: parts }));
const components = { UserMessage: Message, AssistantMessage: Message };

function App() {
  const runtime = useLocalRuntime(adapter);
  window.benchThread = runtime.thread;
  const style = { height: '100%', overflow: 'auto' };
  return h(
    AssistantRuntimeProvider,
    { runtime },
    h(
      ThreadPrimitive.Root,
      { style: { height: '100%' } },
      h(ThreadPrimitive.Viewport, { style }, h(ThreadPrimitive.Messages, { components })),
    ),
  );
}

createRoot(document.querySelector('#root')).render(h(App));

/** assistant-ui with its markdown package and tables, without highlighting. */
window.prepareBench = async () => {
  while (!window.benchThread) await new Promise((resolve) => setTimeout(resolve));
};
window.runBench = async () => {
  window.benchThread.append('Go');
  await awaitWholeText();
};

import type { CompletionRequest } from '../../ports/model-provider.js';

/** A number from 0 up to 1. */
export type Random = () => number;

/**
 * What the demo answers. It recognises a few words so that every part of a chat can be tried, and
 * never pretends to have understood more than that.
 */
export function demoAnswer(request: CompletionRequest, random: Random): string {
  const question = lastQuestion(request);
  const { top_p: topP } = request.parameters;
  const pickFrom = (phrases: readonly string[]): string =>
    pick(mostLikely(phrases, typeof topP === 'number' ? topP : 1), random);
  const parts = [pickFrom(openings), ...bodyFor(question, request), pickFrom(closings)];
  return parts.join('\n\n');
}

const openings = [
  '**This is the demo model.** It is a small program with fixed answers, not a language model.',
  '**You are talking to the demo model**, not a language model: a program that recites prepared text.',
  '**No language model is connected yet**, so the demo answers: prepared text, no intelligence.',
];

const closings = [
  'Ask for a *table*, some *code*, a *long* answer, or its *parameters* to see more of the chat.',
  'Try the words *table*, *code*, *long* or *parameters*: they bring other prepared answers.',
  'To see more of the chat, ask for *code*, a *table*, a *long* text, or the *parameters*.',
];

const topics: { words: RegExp; answer: (request: CompletionRequest) => string[] }[] = [
  { words: /\btable\b|ตาราง/i, answer: () => [TABLE] },
  { words: /\bcode\b|โค้ด/i, answer: () => [CODE] },
  { words: /\blong\b|ยาว/i, answer: () => LONG },
  { words: /\bparameters?\b|พารามิเตอร์/i, answer: describeParameters },
];

function bodyFor(question: string, request: CompletionRequest): string[] {
  const known = topics.filter(({ words }) => words.test(question));
  if (known.length > 0) return known.flatMap(({ answer }) => answer(request));
  return [describeQuestion(question, request), HOW_TO_CONNECT, PROVIDERS];
}

function describeQuestion(question: string, request: CompletionRequest): string {
  const system = request.messages.find(({ role }) => role === 'system');
  const turns = request.messages.filter(({ role }) => role === 'user').length;
  const sentences = [
    `Your message has ${count(Array.from(question).length, 'character')}, and it is number ${turns} that you sent here.`,
  ];
  if (system) {
    const length = Array.from(system.content).length;
    sentences.push(`A system prompt of ${count(length, 'character')} came with it.`);
  }
  return sentences.join(' ');
}

function describeParameters({ parameters, messages }: CompletionRequest): string[] {
  const rows = Object.entries(parameters).map(
    ([name, value]) => `| \`${name}\` | ${inline(JSON.stringify(value))} |`,
  );
  if (messages.some(({ role }) => role === 'system')) rows.push('| `system_prompt` | present |');
  const received =
    rows.length === 0
      ? 'No parameters reached the demo with this message.'
      : [
          'These parameters reached the demo:',
          '',
          '| parameter | value |',
          '| --- | --- |',
          ...rows,
        ].join('\n');
  return [
    received,
    'It honours `output_length`, `temperature` (0 always picks the same phrases), `top_p` (the lower, the fewer phrases to pick from), `seed` and `stop`.',
  ];
}

/** Keeps a value from ending the table's cell. */
function inline(text: string): string {
  return `\`${text.replace(/[`|\n]/g, ' ').slice(0, 200)}\``;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/**
 * What nucleus sampling leaves of phrases that are all equally likely: as few as together reach that
 * probability, and one at the least.
 */
function mostLikely(phrases: readonly string[], topP: number): readonly string[] {
  return phrases.slice(0, Math.max(1, Math.ceil(phrases.length * topP)));
}

function pick(choices: readonly string[], random: Random): string {
  return choices[Math.floor(random() * choices.length)] ?? '';
}

function lastQuestion({ messages }: CompletionRequest): string {
  return messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

const HOW_TO_CONNECT = `To connect a real model, set a key and start the server again:

\`\`\`sh
OPENAI_API_KEY=... npm start    # OpenAI
TYPHOON_API_KEY=... npm start   # Typhoon
ollama serve                    # or a local model: it is found by itself
\`\`\``;

const PROVIDERS = `| you have | what to do |
| --- | --- |
| an OpenAI key | set \`OPENAI_API_KEY\` |
| another compatible endpoint | set \`OPENAI_BASE_URL\` as well |
| a Typhoon key | set \`TYPHOON_API_KEY\` |
| Ollama, LM Studio or llama.cpp | start it, then start the server again |`;

const TABLE = `| planet | diameter (km) | moons |
| :--- | ---: | ---: |
| Mercury | 4,879 | 0 |
| Venus | 12,104 | 0 |
| Earth | 12,756 | 1 |
| Mars | 6,792 | 2 |`;

const CODE = `A prepared piece of code:

\`\`\`ts
/** Counts how often each word occurs. */
export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\\p{L}+/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
\`\`\`

and how to call it:

\`\`\`sh
node --eval 'console.log("to be or not to be".split(" ").length)'
\`\`\``;

const CHAPTERS = ['Headings', 'Lists', 'Quotes', 'Emphasis', 'Links', 'Rules', 'Languages', 'Ends'];

const LONG = CHAPTERS.map(
  (chapter, index) => `## ${index + 1}. ${chapter}

A long answer lets you watch the text arrive, scroll away from it and come back. This is part ${index + 1} of ${CHAPTERS.length}.

- It streams token by token, at the pace the server sets.
- It can be **stopped** at any moment; what was written stays.
- It ends early when \`output_length\` is reached.

> นี่คือข้อความตัวอย่างภาษาไทยที่ไม่มีช่องว่างระหว่างคำ`,
);

import { errorResponse } from '@chat-playground/sdk/testing';
import { CHAT, hit, instead, preset, together } from './given-answers.js';
import { NEVER, TITLES, type State } from './states-list.js';
import { inOrder, intent, press, type, type Step } from './steps.js';

const CREATIVE = preset(
  'Creative writing',
  { temperature: 1.2, top_p: 0.95 },
  '2026-01-02T08:30:00.000Z',
);
const PRESETS = [
  CREATIVE,
  preset('Precise', { temperature: 0 }, '2025-12-24T08:30:00.000Z'),
  preset('ตอบสั้น ๆ ภาษาไทย', { output_length: 200 }, '2025-11-02T08:30:00.000Z'),
  preset('A name that goes on for longer than the panel is wide', {}, '2025-06-02T08:30:00.000Z'),
];

const presets = instead('GET', '/presets', () =>
  Response.json({ presets: PRESETS, next_cursor: null }),
);
const parameters = intent('cp-show', { panel: 'parameters' });
const history = intent('cp-show', { panel: 'history' });
const choose = inOrder(parameters, press('.choose'));
const search = (query: string): Step => inOrder(history, type(['cp-history', 'input'], query));

const HITS = [
  hit(
    'How do planets form?',
    'Planets form in the disk of gas and dust around a young star',
    'Planets',
    0,
  ),
  hit(TITLES[1] ?? '', 'ดาวเคราะห์ หรือ planets ในภาษาอังกฤษ คือวัตถุที่โคจรรอบดาวฤกษ์', 'planets', 1),
  hit(TITLES[3] ?? '', 'ما الفرق بين planets وبين النجوم؟', 'planets', 2),
  hit('A long text', `${'word '.repeat(12)}planets ${'and more '.repeat(20)}`, 'planets', 3),
];
const found = (messages: object[], chats = [CHAT]): State['intercept'] =>
  together(
    instead('GET', '/search', () => Response.json({ chats: [], messages, next_cursor: null })),
    instead('GET', '/chats', () => Response.json({ chats, next_cursor: null })),
  ).intercept;

/** The history beside what it is at first, and the presets among the parameters. */
export const STATES_OF_PANELS: readonly State[] = [
  { name: 'found', intercept: found(HITS), then: search('planets') },
  { name: 'nothing found', intercept: found([], []), then: search('axolotl') },
  {
    name: 'searching',
    chats: TITLES,
    ...instead('GET', '/search', () => NEVER),
    then: search('planets'),
  },
  {
    name: 'search failed',
    chats: TITLES,
    ...instead('GET', '/search', () => errorResponse('storage_unavailable')),
    then: search('planets'),
  },
  {
    name: 'search without a connection',
    chats: TITLES,
    connection: 'offline',
    ...instead('GET', '/search', () => Promise.reject(new TypeError('Failed to fetch'))),
    then: search('planets'),
  },
  {
    name: 'archive',
    ...instead('GET', '/chats', (url) => {
      const archived = url.searchParams.get('archived') === 'true';
      return Response.json({
        chats: archived ? [{ ...CHAT, archived }] : [CHAT],
        next_cursor: null,
      });
    }),
    then: inOrder(history, press('.archive-link')),
  },
  { name: 'archive, empty', chats: TITLES, then: inOrder(history, press('.archive-link')) },
  { name: 'chat menu', chats: TITLES, then: inOrder(history, press('cp-chat-item', '.trigger')) },
  { name: 'no presets', then: parameters },
  { name: 'presets', ...presets, then: choose },
  {
    name: 'preset changed',
    ...presets,
    then: inOrder(choose, intent('cp-parameters-change', { patch: { temperature: 0.4 } })),
  },
  {
    name: 'preset being named',
    ...presets,
    then: inOrder(parameters, press('.save'), type(['cp-preset-name', 'input'], CREATIVE.name)),
  },
  {
    name: 'presets failed',
    ...instead('GET', '/presets', () => errorResponse('internal')),
    then: parameters,
  },
  {
    name: 'parameters explained',
    ...presets,
    then: inOrder(parameters, press('cp-number-parameter', '[aria-controls=help]')),
  },
];

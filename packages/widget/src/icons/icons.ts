import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Drawn on a 24 by 24 grid with strokes of the text's colour. */
const DRAWINGS = {
  alert: svg`<path d="M12 4 21 19.5H3Z"/><path d="M12 10v4.5M12 17v.01"/>`,
  archive: svg`<rect x="3.5" y="4.5" width="17" height="4.5" rx="1"/><path d="M5 9v9.5a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V9M10 13h4"/>`,
  'arrow-down': svg`<path d="M12 5v14M6 13l6 6 6-6"/>`,
  'arrow-up': svg`<path d="M12 19V5M6 11l6-6 6 6"/>`,
  bookmark: svg`<path d="M6.5 4.5h11v15L12 15.5l-5.5 4Z"/>`,
  branch: svg`<circle cx="7" cy="5.5" r="2"/><circle cx="7" cy="18.5" r="2"/><circle cx="17" cy="8.5" r="2"/><path d="M7 7.5v9M17 10.5c0 4-5 3-8.5 6"/>`,
  chat: svg`<path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-4.5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5Z"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  'chevron-down': svg`<path d="m6.5 9.5 5.5 5.5 5.5-5.5"/>`,
  'chevron-left': svg`<path d="M14.5 6.5 9 12l5.5 5.5"/>`,
  'chevron-right': svg`<path d="M9.5 6.5 15 12l-5.5 5.5"/>`,
  'chevron-up': svg`<path d="m6.5 14.5 5.5-5.5 5.5 5.5"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  close: svg`<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5v-.2a1.5 1.5 0 0 0-1.5-1.3H6A2 2 0 0 0 4 6v8a1.5 1.5 0 0 0 1.5 1.5h.2"/>`,
  dots: svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.6"/>`,
  download: svg`<path d="M12 4v10.5M7 10l5 5 5-5M5 19.5h14"/>`,
  edit: svg`<path d="m5 19 .8-3.7L15.6 5.5a2 2 0 0 1 2.9 2.9l-9.8 9.8L5 19ZM13.5 7.6l2.9 2.9"/>`,
  external: svg`<path d="M13.5 4.5h6v6M19 5l-8.5 8.5M17 14v4.5a1 1 0 0 1-1 1H5.5a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1H10"/>`,
  eye: svg`<path d="M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12Z"/><circle cx="12" cy="12" r="2.7"/>`,
  'eye-off': svg`<path d="M9.5 6.2A9 9 0 0 1 12 5.8c6 0 9.2 6.2 9.2 6.2a16 16 0 0 1-2.6 3.3M6 8.2A15 15 0 0 0 2.8 12S6 18.2 12 18.2c1.5 0 2.8-.4 4-1M4 4l16 16M10 10.2a2.7 2.7 0 0 0 3.7 3.8"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.4 3.7 5.2 3.7 8.5s-1.2 6.1-3.7 8.5c-2.5-2.4-3.7-5.2-3.7-8.5S9.5 5.9 12 3.5Z"/>`,
  help: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M12 16.5v.01"/>`,
  image: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="8.5" cy="10" r="1.5"/><path d="m5 17 4.5-4 3 2.5 3.5-3.5 4 4"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/>`,
  keyboard: svg`<rect x="3" y="6.5" width="18" height="11" rx="2"/><path d="M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8.5 14h7"/>`,
  markdown: svg`<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M6.5 14.5v-5l2.5 2.8 2.5-2.8v5M16.5 9.5v5M14.3 12.4l2.2 2.3 2.2-2.3"/>`,
  monitor: svg`<rect x="3.5" y="4.5" width="17" height="11.5" rx="1.5"/><path d="M12 16v3.5M8.5 19.5h7"/>`,
  moon: svg`<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z"/>`,
  offline: svg`<path d="M4 4l16 16M8 13.5a6 6 0 0 1 3-1.4M5 10.2A10 10 0 0 1 8.4 8M12 7a10.5 10.5 0 0 1 7 3.2M14.8 12.8l1.2.7M12 17.5v.01"/>`,
  'pencil-square': svg`<path d="M19 13v5.5a1 1 0 0 1-1 1H5.5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1H11"/><path d="m9.5 14.5.5-2.8 7.3-7.3a1.6 1.6 0 0 1 2.3 2.3L12.3 14l-2.8.5Z"/>`,
  pin: svg`<path d="M9 4h6l-.7 6 3.2 3.5h-11L9.7 10 9 4ZM12 13.5V20"/>`,
  play: svg`<path d="M8 5.5v13l10.5-6.5Z"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  refresh: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9M19.5 4.5V9H15"/>`,
  reset: svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.4L4.5 9M4.5 4.5V9H9"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4.5 4.5"/>`,
  sidebar: svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M9.5 5v14"/>`,
  'sign-out': svg`<path d="M14 4.5H6.5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H14M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>`,
  sliders: svg`<path d="M4 7.5h8M17 7.5h3M4 16.5h3M12 16.5h8"/><circle cx="14.5" cy="7.5" r="2.3"/><circle cx="9.5" cy="16.5" r="2.3"/>`,
  sparkle: svg`<path fill="currentColor" d="M12 3.5c.6 4.8 3.2 7.7 8.5 8.5-5.3.8-7.9 3.7-8.5 8.5-.6-4.8-3.2-7.7-8.5-8.5 5.3-.8 7.9-3.7 8.5-8.5Z"/>`,
  stop: svg`<rect x="7" y="7" width="10" height="10" rx="1.8" fill="currentColor"/>`,
  sun: svg`<circle cx="12" cy="12" r="3.8"/><path d="M12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M5.6 18.4l1.3-1.3M17.1 6.9l1.3-1.3"/>`,
  'thumb-down': svg`<path d="M7 13.5V4.5H4.5v9ZM7 12.5l3.5 7c1.4 0 2.3-1 2.1-2.5l-.4-3.5h5a2 2 0 0 0 2-2.4l-1-5a2 2 0 0 0-2-1.6H7"/>`,
  'thumb-up': svg`<path d="M7 10.5v9H4.5v-9ZM7 11.5l3.5-7c1.4 0 2.3 1 2.1 2.5l-.4 3.5h5a2 2 0 0 1 2 2.4l-1 5a2 2 0 0 1-2 1.6H7"/>`,
  trash: svg`<path d="M4.5 7h15M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6.5 7l.8 11.6a1 1 0 0 0 1 .9h7.4a1 1 0 0 0 1-.9L17.5 7M10.3 11v5M13.7 11v5"/>`,
  undo: svg`<path d="M8.5 5 4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-3.5"/>`,
  user: svg`<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20c.8-4 3.6-6 7.5-6s6.7 2 7.5 6"/>`,
  wrap: svg`<path d="M4 6.5h16M4 12h13a3 3 0 0 1 0 6h-4.5M4 17.5h4M15 15.5 12.5 18l2.5 2.5"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof DRAWINGS;

/**
 * An inline drawing of one em, in the text's colour and hidden from screen readers: the control
 * around it carries the name.
 */
export function icon(name: IconName): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="1em"
    height="1em"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${DRAWINGS[name]}
  </svg>`;
}

import hljs from 'highlight.js';
import { drawOnce } from './draw-once.js';

/** Each code block in whichever of all languages fits best, as highlight.js does by default. */
drawOnce((text) => hljs.highlightAuto(text).value);

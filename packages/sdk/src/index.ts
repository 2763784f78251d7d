export type * from './protocol/index.js';

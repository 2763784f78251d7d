export { blankMessage } from './blank-message.js';
export { listenReplay, type ListeningReplay } from './listen.js';
export { errorResponse } from './replay-responses.js';
export {
  createReplayServer,
  type ReplayOptions,
  type ReplayRequest,
  type ReplayServer,
} from './replay-server.js';
export { transcripts } from './transcripts.js';

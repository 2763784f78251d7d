export { useChat } from './chat-provider';
export { inBackground } from './in-background';
export { useStore } from './use-store';

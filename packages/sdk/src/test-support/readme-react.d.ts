/** The README's React example, made a module by the browser tests' configuration. */
declare module 'virtual:readme-react' {
  import type { ConversationState, SessionState } from '@chat-playground/sdk';

  export function useChat(baseUrl: string): {
    session: SessionState;
    conversation: ConversationState;
    send(text: string): Promise<void>;
    signIn(form: { email: string; password: string }): Promise<void>;
  };
}

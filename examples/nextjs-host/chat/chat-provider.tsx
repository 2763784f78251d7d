'use client';

import { createChatClient, createChatStores, type ChatStores } from '@chat-playground/sdk';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';

interface Chat {
  /** Session, chats, conversation, models and parameters, and the verbs that change them. */
  stores: ChatStores;
  /** Ends the session because the visitor asked for it. */
  signOut(): Promise<void>;
  /** Whether the session ended so, rather than by itself or in another tab. */
  hasSignedOut(): boolean;
}

const ChatContext = createContext<Chat | null>(null);

/**
 * One client and one set of stores for the whole application: the forms, the navigation, the widget
 * and the custom page share one session and one conversation.
 *
 * @param serverAddress the server's address, without `/api`
 */
export function ChatProvider(props: { serverAddress: string; children: ReactNode }) {
  const { serverAddress, children } = props;
  // Made on the server too, where nothing of it is started: there everyone is yet to be recognised.
  const [stores] = useState(() => createChatStores(createChatClient({ baseUrl: serverAddress })));
  useEffect(() => {
    void stores.start();
    return () => stores.stop();
  }, [stores]);
  const signedOut = useRef(false);
  const chat = useMemo<Chat>(
    () => ({
      stores,
      signOut: async () => {
        signedOut.current = true;
        await stores.signOut().finally(() => {
          // What was typed and not sent is kept for this tab; the next person must not find it.
          sessionStorage.clear();
        });
      },
      hasSignedOut: () => signedOut.current,
    }),
    [stores],
  );
  useEffect(
    () =>
      stores.$session.listen(({ status }) => {
        if (status === 'signed-in') signedOut.current = false;
      }),
    [stores],
  );
  return <ChatContext value={chat}>{children}</ChatContext>;
}

/** @throws Error outside of a ChatProvider */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error('useChat needs a <ChatProvider> around it.');
  return chat;
}

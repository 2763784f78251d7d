'use client';

import { Button, Stack, Text } from '@chakra-ui/react';
import { inBackground, useChat, useStore } from '../../chat';

const ROW = { size: 'sm', flexShrink: 0, maxWidth: '15rem', justifyContent: 'start' } as const;

/** Beside the conversation; on a phone a row above it. */
export function ChatList() {
  const { stores } = useChat();
  const { chats, hasMore } = useStore(stores.$chats);
  const open = useStore(stores.$conversation).chat?.chat_id;
  const direction = { base: 'row', md: 'column' } as const;
  return (
    <Stack as="nav" aria-label="Chats" {...{ direction, p: 2, overflow: 'auto', bg: 'bg.subtle' }}>
      <Button {...ROW} variant="outline" onClick={stores.newChat} children="New chat" />
      {chats.map(({ chat_id: id, chat_title: title }) => (
        <Button
          {...ROW}
          key={id}
          variant={id === open ? 'subtle' : 'ghost'}
          aria-current={id === open}
          onClick={() => inBackground(stores.openChat(id))}
        >
          <Text truncate>{title ?? 'New chat'}</Text>
        </Button>
      ))}
      {hasMore && (
        <Button {...ROW} onClick={() => inBackground(stores.loadMoreChats())} children="More" />
      )}
    </Stack>
  );
}

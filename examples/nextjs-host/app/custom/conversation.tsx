'use client';

import { Button, ButtonGroup, Stack, Text } from '@chakra-ui/react';
import { isFinalStatus, type Message } from '@chat-playground/sdk';
import { memo } from 'react';
import { inBackground, useChat, useStore } from '../../chat';

const TEXT = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;
const OWN = { bg: 'brand.subtle', rounded: 'lg', px: '3', py: '2', alignSelf: 'end' };

/** The open chat. Laid out from the bottom, it stays at its end by itself. */
export function Conversation() {
  const { stores } = useChat();
  const { messages, partial, sending, error } = useStore(stores.$conversation);
  return (
    <Stack flex="1" direction="column-reverse" overflow="auto" p="4">
      <Stack gap="4" width="full" maxWidth="3xl" mx="auto" role="log" aria-label="Conversation">
        {messages.map((message) => (
          <Bubble
            key={message.message_id}
            message={message}
            written={partial?.message_id === message.message_id ? partial.content : undefined}
          />
        ))}
        {sending && <Words {...OWN}>{sending.text}</Words>}
        {error && <Text role="alert" color="fg.error" children={error.message} />}
      </Stack>
    </Stack>
  );
}

/** Plain text: whatever a model writes, nothing of it is markup here. */
function Words({ children, ...looks }: { children: string } & Partial<typeof OWN>) {
  return <Text {...TEXT} {...looks} children={children || '…'} />;
}

/** A message that did not change is the same object as before, and is not drawn again. */
const Bubble = memo(function Bubble(props: { message: Message; written?: string }) {
  const { stores } = useChat();
  const { message_id: id, role, status, content, error, vote } = props.message;
  if (role === 'user') return <Words {...OWN}>{content}</Words>;
  const action = (name: string, verb: () => Promise<void>, pressed?: boolean) => (
    <Button
      variant={pressed ? 'solid' : 'outline'}
      aria-pressed={pressed}
      onClick={() => inBackground(verb())}
      children={name}
    />
  );
  return (
    <Stack as="article" aria-label="Reply" gap="2">
      <Words>{props.written ?? content}</Words>
      {error && <Text color="fg.error" children={error.message} />}
      {isFinalStatus(status) && (
        <ButtonGroup size="xs" alignItems="center" color="fg.muted">
          {action('Good', () => stores.vote(id, 'upvote'), vote === 'upvote')}
          {action('Bad', () => stores.vote(id, 'downvote'), vote === 'downvote')}
          {action('Regenerate', () => stores.regenerate(id))}
          {status !== 'complete' && <Text textStyle="sm">{status}</Text>}
        </ButtonGroup>
      )}
    </Stack>
  );
});

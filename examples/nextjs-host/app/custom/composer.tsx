'use client';

import { Button, Input, Stack } from '@chakra-ui/react';
import { useState, type FormEvent } from 'react';
import { inBackground, useChat, useStore } from '../../chat';
import { Parameters } from './parameters';

/** What is written next; while a reply comes, the way to stop it. */
export function Composer() {
  const { stores } = useChat();
  const { partial, sending } = useStore(stores.$conversation);
  const [text, setText] = useState('');
  const isBusy = partial !== null || sending !== null;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return inBackground(stores.stopReply());
    if (text.trim() !== '') inBackground(stores.send(text));
    setText('');
  };
  return (
    <form onSubmit={handleSubmit}>
      <Stack direction="row" p="3" maxWidth="3xl" mx="auto">
        <Parameters />
        <Input
          aria-label="Message"
          {...{ placeholder: 'Write a message', value: text }}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" children={isBusy ? 'Stop' : 'Send'} />
      </Stack>
    </form>
  );
}

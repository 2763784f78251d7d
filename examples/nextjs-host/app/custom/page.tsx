import { Flex, Stack } from '@chakra-ui/react';
import { SignedIn } from '../../account/signed-in';
import { ChatList } from './chat-list';
import { Composer } from './composer';
import { Conversation } from './conversation';

export const metadata = { title: 'Custom' };

/** A chat made of the SDK's stores and Chakra's components alone, without the widget. */
export default function CustomPage() {
  return (
    <Flex as="main" flex="1" minHeight="0" direction={{ base: 'column', md: 'row' }}>
      <SignedIn>
        <ChatList />
        <Stack flex="1" minWidth="0" minHeight="0" gap="0">
          <Conversation />
          <Composer />
        </Stack>
      </SignedIn>
    </Flex>
  );
}

import { Box } from '@chakra-ui/react';
import type { ReactNode } from 'react';
import { SignedIn } from '../../account/signed-in';
import { Playground } from '../../chat/playground';
import { TabTitle } from '../../chat/tab-title';

/** None: {@link TabTitle} names the tab. */
export const metadata = { title: null };

/** Around both pages of the playground, so that going from chat to chat keeps the widget. */
export default function PlaygroundLayout({ children }: { children: ReactNode }) {
  return (
    <Box as="main" flex="1" minHeight="0" display="flex" flexDirection="column">
      <TabTitle />
      <SignedIn>
        <Playground />
      </SignedIn>
      {children}
    </Box>
  );
}

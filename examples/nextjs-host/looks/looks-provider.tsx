'use client';

import { ChakraProvider } from '@chakra-ui/react';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { EmotionRegistry } from './emotion-registry';
import { theme } from './theme';
import { Toasts } from './toasts';

/** Chakra with this application's theme, the colour mode and the toasts. */
export function LooksProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <EmotionRegistry nonce={nonce}>
      <ChakraProvider value={theme}>
        <ThemeProvider attribute="class" disableTransitionOnChange nonce={nonce}>
          {children}
          <Toasts />
        </ThemeProvider>
      </ChakraProvider>
    </EmotionRegistry>
  );
}

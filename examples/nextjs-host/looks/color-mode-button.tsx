'use client';

import { ClientOnly, IconButton, Skeleton } from '@chakra-ui/react';
import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';

/** Light or dark. The server cannot know which, so it draws neither. */
export function ColorModeButton() {
  const { resolvedTheme, setTheme } = useTheme();
  const other = resolvedTheme === 'dark' ? 'light' : 'dark';
  return (
    <ClientOnly fallback={<Skeleton boxSize="9" />}>
      <IconButton
        variant="ghost"
        size="sm"
        aria-label={`Use ${other} colours`}
        onClick={() => setTheme(other)}
      >
        {other === 'light' ? <Sun /> : <Moon />}
      </IconButton>
    </ClientOnly>
  );
}

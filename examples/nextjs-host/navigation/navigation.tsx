'use client';

import { Button, Flex, HStack, Spacer } from '@chakra-ui/react';
import { MessagesSquare } from 'lucide-react';
import NextLink from 'next/link';
import { usePathname } from 'next/navigation';
import { AccountMenu } from '../account/account-menu';
import { ColorModeButton } from '../looks/color-mode-button';

const PAGES = [
  { name: 'Playground', path: '/', isAt: (path: string) => /^\/(chat\/|$)/.test(path) },
  { name: 'Custom', path: '/custom', isAt: (path: string) => path === '/custom' },
];

/** The bar at the top of every page. */
export function Navigation() {
  const pathname = usePathname();
  return (
    <Flex
      as="header"
      align="center"
      gap="2"
      px={{ base: '2', md: '4' }}
      py="2"
      borderBottomWidth="1px"
    >
      <HStack color="brand.fg" pe="1" hideBelow="sm" aria-hidden>
        <MessagesSquare size="1.25em" />
      </HStack>
      <HStack as="nav" aria-label="Pages" gap="1">
        {PAGES.map(({ name, path, isAt }) => (
          <Button key={path} asChild size="sm" variant={isAt(pathname) ? 'subtle' : 'ghost'}>
            <NextLink href={path} aria-current={isAt(pathname) ? 'page' : undefined}>
              {name}
            </NextLink>
          </Button>
        ))}
      </HStack>
      <Spacer />
      <ColorModeButton />
      <AccountMenu />
    </Flex>
  );
}

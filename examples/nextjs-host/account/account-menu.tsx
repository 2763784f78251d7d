'use client';

import { Avatar, Box, Button, HStack, Menu, Portal, Skeleton, Text } from '@chakra-ui/react';
import { isChatError, type User } from '@chat-playground/sdk';
import { LogOut } from 'lucide-react';
import NextLink from 'next/link';
import { useChat } from '../chat/chat-provider';
import { useStore } from '../chat/use-store';
import { toaster } from '../looks/toaster';

/** Who is signed in and the way out; or the ways in. */
export function AccountMenu() {
  const { stores } = useChat();
  const { status, user } = useStore(stores.$session);
  if (status === 'restoring') return <Skeleton boxSize="9" borderRadius="full" />;
  if (user !== null) return <UserMenu user={user} />;
  return (
    <HStack gap="1">
      <Button asChild size="sm" variant="ghost">
        <NextLink href="/login">Sign in</NextLink>
      </Button>
      <Button asChild size="sm" hideBelow="sm">
        <NextLink href="/register">Register</NextLink>
      </Button>
    </HStack>
  );
}

function UserMenu({ user }: { user: User }) {
  const { signOut } = useChat();
  const handleSignOut = async () => {
    try {
      await signOut();
      toaster.info({ title: 'Signed out' });
    } catch (error) {
      if (!isChatError(error)) throw error;
      // Signed out here all the same; only the server may not know of it yet.
      toaster.warning({ title: 'Signed out on this device only', description: error.message });
    }
  };
  return (
    <Menu.Root
      positioning={{ placement: 'bottom-end' }}
      // A toast would lie over the menu. They redraw at once, which must wait for this drawing.
      onOpenChange={({ open }) => open && queueMicrotask(() => toaster.dismiss())}
    >
      <Menu.Trigger asChild>
        <Button variant="ghost" size="sm" px="1" aria-label={`Account of ${user.username}`}>
          <Avatar.Root size="xs" colorPalette="brand">
            <Avatar.Fallback name={user.username} />
          </Avatar.Root>
        </Button>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content maxWidth="18rem">
            <Box px="2" py="1.5">
              <Text fontWeight="semibold" truncate>
                {user.username}
              </Text>
              <Text textStyle="sm" color="fg.muted" truncate>
                {user.email}
              </Text>
            </Box>
            <Menu.Separator />
            <Menu.Item value="sign-out" onClick={() => void handleSignOut()}>
              <LogOut size="1em" />
              Sign out
            </Menu.Item>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  );
}

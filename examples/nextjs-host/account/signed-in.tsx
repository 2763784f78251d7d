'use client';

import { Center, Spinner } from '@chakra-ui/react';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';
import { useChat } from '../chat/chat-provider';
import { useStore } from '../chat/use-store';
import { toaster } from '../looks/toaster';

const SESSION_ENDED = 'Your session has ended';

/** Shows its content to whoever is signed in, and takes others to the sign-in page and back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { stores, hasSignedOut } = useChat();
  const { status } = useStore(stores.$session);
  const pathname = usePathname();
  const router = useRouter();
  const wasSignedIn = useRef(false);
  useEffect(() => {
    if (status === 'signed-out') {
      if (hasSignedOut()) return router.replace('/login');
      // A toast draws at once, which is not allowed while React is at work.
      if (wasSignedIn.current) queueMicrotask(() => toaster.warning({ title: SESSION_ENDED }));
      router.replace(`/login?next=${encodeURIComponent(pathname)}`);
    }
    wasSignedIn.current = status === 'signed-in';
  }, [status, pathname, router, hasSignedOut]);
  if (status === 'signed-in') return children;
  return (
    <Center flex="1">
      <Spinner aria-label="Loading" color="brand.solid" />
    </Center>
  );
}

'use client';

import { createToaster } from '@chakra-ui/react';

/** Anyone may tell the visitor something: `toaster.success({ title })`. `Toasts` shows it. */
export const toaster = createToaster({
  placement: 'top-end',
  // Below the navigation, whose menu must stay in reach.
  offsets: { top: '4.5rem', right: '1rem', bottom: '1rem', left: '1rem' },
  max: 3,
});

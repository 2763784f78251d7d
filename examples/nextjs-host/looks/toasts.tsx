'use client';

import { Stack, Toast, Toaster } from '@chakra-ui/react';
import { toaster } from './toaster';

/** Where toasts appear; there is one of these in the page. */
export function Toasts() {
  return (
    <Toaster toaster={toaster} insetInline={{ mdDown: '4' }}>
      {({ type, title, description }) => (
        <Toast.Root width={{ md: 'sm' }} bg="bg.panel" color="fg" borderWidth="1px">
          <Toast.Indicator color={`fg.${type}`} />
          <Stack gap="1" flex="1" minWidth="0">
            <Toast.Title>{title}</Toast.Title>
            {description !== undefined && <Toast.Description>{description}</Toast.Description>}
          </Stack>
          <Toast.CloseTrigger />
        </Toast.Root>
      )}
    </Toaster>
  );
}

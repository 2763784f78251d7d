import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ChatProvider } from '../chat/chat-provider';
import { LooksProvider } from '../looks/looks-provider';
import { Navigation } from '../navigation/navigation';
import { PRODUCT_NAME } from '../product-name';
import { serverAddress } from '../server-address';

export const metadata: Metadata = {
  title: { default: PRODUCT_NAME, template: `%s · ${PRODUCT_NAME}` },
  description: 'Chat with language models and compare what they answer.',
};

export const viewport: Viewport = {
  // A keyboard on the screen makes the page shorter rather than hiding the message box.
  interactiveWidget: 'resizes-content',
  colorScheme: 'light dark',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Asking for a header puts off drawing until there is a request: the address below is then that
  // of the running application, not of its build.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The colour mode's class is set by a script before React looks at the element.
    <html lang="en" suppressHydrationWarning>
      <body>
        <LooksProvider nonce={nonce}>
          <ChatProvider serverAddress={serverAddress(process.env)}>
            <Navigation />
            {children}
          </ChatProvider>
        </LooksProvider>
      </body>
    </html>
  );
}

import { ChatPlayground } from '@chat-playground/widget/react';
import { createRoot } from 'react-dom/client';

// @ts-expect-error -- the wrapper's properties are typed
export const wrong = <ChatPlayground layout="sideways" />;

const root = document.querySelector<HTMLElement>('#root');
if (root !== null) {
  const { server } = root.dataset;
  createRoot(root).render(
    <ChatPlayground
      baseUrl={server ?? ''}
      locale="en"
      onReplyEnd={({ detail }) => (document.title = detail.message.status)}
    />,
  );
}

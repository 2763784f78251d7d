import { ChatPlayground, type ChatPlaygroundElement } from '@chat-playground/widget/react';
import { useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** A page as an application would write it; that it compiles is a test of the wrapper's types. */
function Host() {
  const element = useRef<ChatPlaygroundElement>(null);
  const [told, setTold] = useState('');
  return (
    <>
      <button id="new" onClick={() => void element.current?.newChat()}>
        New
      </button>
      <p id="told">{told}</p>
      <ChatPlayground
        ref={element}
        theme="dark"
        locale="en"
        layout="panel"
        style={{ blockSize: '40rem' }}
        onReady={({ detail }) => setTold(`ready for ${detail.user?.username ?? 'nobody'}`)}
        onReplyEnd={({ detail }) => setTold(`reply ${detail.message.status}`)}
      />
    </>
  );
}

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<Host />);

import { CpCodeBlock } from './elements/cp-code-block/cp-code-block.js';
import { CpConversation } from './elements/cp-conversation/cp-conversation.js';
import { CpMarkdown } from './elements/cp-markdown/cp-markdown.js';
import { CpMessage } from './elements/cp-message/cp-message.js';
import { CpMessageActions } from './elements/cp-message-actions/cp-message-actions.js';
import { CpMessageEditor } from './elements/cp-message-editor/cp-message-editor.js';
import { CpReplyDetails } from './elements/cp-reply-details/cp-reply-details.js';

/**
 * Registers every element of the widget: the one module with a side effect. Safe to import twice,
 * beside another copy, and where there are no custom elements (server-side rendering).
 */
const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  'cp-code-block': CpCodeBlock,
  'cp-conversation': CpConversation,
  'cp-markdown': CpMarkdown,
  'cp-message': CpMessage,
  'cp-message-actions': CpMessageActions,
  'cp-message-editor': CpMessageEditor,
  'cp-reply-details': CpReplyDetails,
};

if (typeof customElements !== 'undefined') {
  for (const [tag, element] of Object.entries(ELEMENTS)) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}

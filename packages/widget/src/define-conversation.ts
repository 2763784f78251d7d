import { CpCodeBlock } from './elements/cp-code-block/cp-code-block.js';
import { CpConversation } from './elements/cp-conversation/cp-conversation.js';
import { CpDiagram } from './elements/cp-diagram/cp-diagram.js';
import { CpMarkdown } from './elements/cp-markdown/cp-markdown.js';
import { CpMenu } from './elements/cp-menu/cp-menu.js';
import { CpMessageActions } from './elements/cp-message-actions/cp-message-actions.js';
import { CpMessageEditor } from './elements/cp-message-editor/cp-message-editor.js';
import { CpMessageNote } from './elements/cp-message-note/cp-message-note.js';
import { CpMessage } from './elements/cp-message/cp-message.js';
import { CpReplyDetails } from './elements/cp-reply-details/cp-reply-details.js';
import { CpVoteReasons } from './elements/cp-vote-reasons/cp-vote-reasons.js';
import { CpNumberParameter } from './elements/cp-number-parameter/cp-number-parameter.js';
import { CpParameters } from './elements/cp-parameters/cp-parameters.js';
import { CpTextParameter } from './elements/cp-text-parameter/cp-text-parameter.js';
import { register } from './register.js';

/*
 * Registers the elements of a conversation and of its parameters. They bring the markdown machinery
 * along and are of no use before someone has signed in, so `define.ts` leaves them out and the root
 * fetches this.
 */
register({
  'cp-code-block': CpCodeBlock,
  'cp-conversation': CpConversation,
  'cp-diagram': CpDiagram,
  'cp-markdown': CpMarkdown,
  'cp-menu': CpMenu,
  'cp-message': CpMessage,
  'cp-message-actions': CpMessageActions,
  'cp-message-editor': CpMessageEditor,
  'cp-message-note': CpMessageNote,
  'cp-reply-details': CpReplyDetails,
  'cp-vote-reasons': CpVoteReasons,
  'cp-number-parameter': CpNumberParameter,
  'cp-parameters': CpParameters,
  'cp-text-parameter': CpTextParameter,
});

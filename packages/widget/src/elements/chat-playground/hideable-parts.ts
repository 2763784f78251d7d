import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';

/** The parts a page can leave out, as attributes of the root element. */
export class HideableParts extends LitElement {
  /** No list of chats, and no account menu below it. */
  @property({ type: Boolean, attribute: 'hide-history' }) hideHistory = false;
  /** No account menu below the list of chats, where the page has one of its own. */
  @property({ type: Boolean, attribute: 'hide-account' }) hideAccount = false;
  /** No panel of model parameters. */
  @property({ type: Boolean, attribute: 'hide-parameters' }) hideParameters = false;
  /** No bar above the conversation; only the button to close a floating panel stays. */
  @property({ type: Boolean, attribute: 'hide-header' }) hideHeader = false;
  /** No choice of model in the bar. */
  @property({ type: Boolean, attribute: 'hide-model-picker' }) hideModelPicker = false;
  /** No ideas to start with in an empty chat. */
  @property({ type: Boolean, attribute: 'hide-starters' }) hideStarters = false;
  /** No votes on replies. */
  @property({ type: Boolean, attribute: 'hide-votes' }) hideVotes = false;
}

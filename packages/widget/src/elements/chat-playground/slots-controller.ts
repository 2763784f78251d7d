import { ContextProvider } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { messageActionsContext } from '../../context/message-actions-context.js';

export type SlotName = 'header' | 'empty' | 'footer';

const MESSAGE_ACTIONS = ':scope > template[slot="message-actions"]';

/**
 * Knows which slots the page has filled. Only those are handed on inwards: a slot that is handed
 * on empty would hide what stands in its place.
 */
export class SlotsController implements ReactiveController {
  readonly #actions: ContextProvider<
    typeof messageActionsContext,
    ReactiveControllerHost & HTMLElement
  >;
  #observer: MutationObserver | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    this.#actions = new ContextProvider(host, {
      context: messageActionsContext,
      initialValue: null,
    });
    host.addController(this);
  }

  has(name: SlotName): boolean {
    return this.host.querySelector(`:scope > [slot="${name}"]`) !== null;
  }

  hostConnected(): void {
    this.#observer ??= new MutationObserver(() => this.#look());
    this.#observer.observe(this.host, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['slot'],
    });
    this.#look();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #look(): void {
    this.#actions.setValue(this.host.querySelector<HTMLTemplateElement>(MESSAGE_ACTIONS));
    this.host.requestUpdate();
  }
}

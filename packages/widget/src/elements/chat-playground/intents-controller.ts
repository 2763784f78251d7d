import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { IntentName, Intents } from '../../events/intents.js';
import {
  SHOWN_BY_THEMSELVES,
  attempt,
  type AnswerContext,
  type Answers,
} from './answer-intents.js';

/** Listens for every intent that has an answer and gives it. */
export class IntentsController implements ReactiveController {
  readonly #listeners: [name: IntentName, listener: EventListener][];

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    context: AnswerContext,
    answers: Answers,
  ) {
    const names = Object.keys(answers) as IntentName[];
    this.#listeners = names.map((name) => [
      name,
      (event) => {
        event.stopPropagation();
        const { detail } = event as CustomEvent<Intents[IntentName]>;
        const answer = answers[name] as (detail: Intents[IntentName]) => Promise<void> | void;
        void attempt(context, () => answer(detail), SHOWN_BY_THEMSELVES.has(name));
      },
    ]);
    host.addController(this);
  }

  hostConnected(): void {
    for (const [name, listener] of this.#listeners) this.host.addEventListener(name, listener);
  }

  hostDisconnected(): void {
    for (const [name, listener] of this.#listeners) this.host.removeEventListener(name, listener);
  }
}

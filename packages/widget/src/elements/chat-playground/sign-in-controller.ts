import { isChatError, type ChatError } from '@chat-playground/sdk';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { announce } from '../../events/widget-events.js';

/** One attempt at a time to sign in or register, and what came of it. */
export class SignInController implements ReactiveController {
  #isBusy = false;
  #error: ChatError | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why the last attempt failed. */
  get error(): ChatError | null {
    return this.#error;
  }

  hostDisconnected(): void {
    this.#error = null;
  }

  /** @returns whether it worked; false as well while another attempt is under way */
  async attempt(run: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#error = null;
    this.host.requestUpdate();
    try {
      await run();
      return true;
    } catch (error) {
      if (!isChatError(error)) throw error;
      this.#error = error;
      announce(this.host, 'chat-playground:error', { error });
      return false;
    } finally {
      this.#isBusy = false;
      this.host.requestUpdate();
    }
  }
}

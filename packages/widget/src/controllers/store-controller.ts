import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is used of a nanostores atom. */
interface Watchable<Value> {
  get(): Value;
  listen(listener: (value: Value) => void): () => void;
}

interface StoreControllerOptions<Value> {
  /** Told of every change at once, before the host renders. */
  onChange?: (value: Value, previous: Value) => void;
  /**
   * Shows a change without its host, which has much else to render. Streaming changes a store far more
   * often than all of a host can be gone through.
   *
   * @returns false when it takes the host to show it
   */
  show?: (value: Value, previous: Value) => boolean;
}

/** Renders its host whenever a store changes, for as long as the host is connected. */
export class StoreController<Value> implements ReactiveController {
  #store: Watchable<Value> | null = null;
  #unlisten: (() => void) | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: StoreControllerOptions<Value> = {},
  ) {
    host.addController(this);
  }

  /** The store's value now; undefined while no store is attached. */
  get value(): Value | undefined {
    return this.#store?.get();
  }

  /** Watches this store from now on, or none. */
  attach(store: Watchable<Value> | null): void {
    this.hostDisconnected();
    this.#store = store;
    this.#listen();
    this.host.requestUpdate();
  }

  hostConnected(): void {
    if (this.#unlisten === null) this.#listen();
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = null;
  }

  #listen(): void {
    const store = this.#store;
    if (store === null) return;
    let previous = store.get();
    this.#unlisten = store.listen((value) => {
      const before = previous;
      previous = value;
      this.options.onChange?.(value, before);
      if (this.options.show?.(value, before) !== true) this.host.requestUpdate();
    });
  }
}

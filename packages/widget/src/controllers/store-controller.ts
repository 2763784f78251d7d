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
   * Whether a change may wait for the next frame. Streaming changes a store far more often than a
   * screen can show; changes of that kind are drawn once a frame.
   */
  canWait?: (value: Value, previous: Value) => boolean;
}

/** Renders its host whenever a store changes, for as long as the host is connected. */
export class StoreController<Value> implements ReactiveController {
  #store: Watchable<Value> | null = null;
  #unlisten: (() => void) | null = null;
  #frame: number | null = null;

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
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #listen(): void {
    const store = this.#store;
    if (store === null) return;
    let previous = store.get();
    this.#unlisten = store.listen((value) => {
      const before = previous;
      previous = value;
      this.options.onChange?.(value, before);
      if (this.options.canWait?.(value, before) === true) this.#renderNextFrame();
      else this.host.requestUpdate();
    });
  }

  #renderNextFrame(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.host.requestUpdate();
    });
  }
}

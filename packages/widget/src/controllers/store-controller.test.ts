import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { StoreController } from './store-controller.js';

class CountingElement extends LitElement {
  readonly shown: number[] = [];
  readonly store = new StoreController<number>(this, {
    show: (value) => value > 100 && this.shown.push(value) > 0,
  });
  renders = 0;

  override render(): unknown {
    this.renders += 1;
    return this.store.value;
  }
}
customElements.define('counting-element', CountingElement);

function createStore(first: number) {
  let value = first;
  const listeners = new Set<(value: number) => void>();
  return {
    listeners,
    get: () => value,
    listen: (listener: (value: number) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next: number) => {
      value = next;
      for (const listener of listeners) listener(next);
    },
  };
}

async function render(first: number) {
  const element = await fixture<CountingElement>(html`<counting-element></counting-element>`);
  const store = createStore(first);
  element.store.attach(store);
  await element.updateComplete;
  element.renders = 0;
  return { element, store };
}

describe('StoreController', () => {
  it('renders what cannot be shown otherwise', async () => {
    const { element, store } = await render(1);
    store.set(2);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('2');
  });

  it('leaves its host alone with what is shown without it', async () => {
    const { element, store } = await render(1);
    store.set(101);
    store.set(102);
    await element.updateComplete;
    expect(element.shown).to.deep.equal([101, 102]);
    expect(element.renders).to.equal(0);
  });

  it('watches one store at a time, and none while its host is away', async () => {
    const { element, store } = await render(1);
    const other = createStore(7);
    element.store.attach(other);
    expect(store.listeners.size).to.equal(0);
    element.remove();
    expect(other.listeners.size).to.equal(0);
    document.body.append(element);
    expect(other.listeners.size).to.equal(1);
    element.remove();
  });
});

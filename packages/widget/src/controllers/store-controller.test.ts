import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { StoreController } from './store-controller.js';

class CountingElement extends LitElement {
  readonly store = new StoreController<number>(this, { canWait: (value) => value > 100 });
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

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

describe('StoreController', () => {
  it('renders at once what cannot wait', async () => {
    const { element, store } = await render(1);
    store.set(2);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('2');
  });

  it('renders what can wait once a frame, however often it changes', async () => {
    const { element, store } = await render(1);
    await nextFrame();
    for (let value = 101; value <= 200; value += 1) {
      store.set(value);
      await element.updateComplete;
    }
    expect(element.renders).to.be.at.most(2);
    await nextFrame();
    await nextFrame();
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('200');
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

import { ChatError, type FieldIssue } from '@chat-playground/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { fill } from '../../test-support/keys.js';
import { find, get } from '../../test-support/open-playground.js';
import type { CpSignIn } from './cp-sign-in.js';

async function render(mode: 'sign-in' | 'register'): Promise<CpSignIn> {
  return fixture<CpSignIn>(html`<cp-sign-in mode=${mode}></cp-sign-in>`);
}

function fieldOf(element: CpSignIn, name: string): HTMLInputElement {
  return get(element, `#${name}`) as HTMLInputElement;
}

function submit(element: CpSignIn): void {
  (get(element, 'form') as HTMLFormElement).requestSubmit();
}

function failed(code: 'email_taken' | 'invalid_request' | 'network', details?: FieldIssue[]) {
  return new ChatError('failed', { code, retryable: false, details });
}

describe('<cp-sign-in>', () => {
  it('is accessible in both forms, with errors and busy', async () => {
    const element = await render('sign-in');
    await expect(element).to.be.accessible();
    submit(element);
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const other = await render('register');
    other.error = failed('network');
    other.busy = true;
    await other.updateComplete;
    await expect(other).to.be.accessible();
  });

  it('tells password managers what each field is', async () => {
    const element = await render('register');
    expect(fieldOf(element, 'email').autocomplete).to.equal('username');
    expect(fieldOf(element, 'password').autocomplete).to.equal('new-password');
    element.mode = 'sign-in';
    await element.updateComplete;
    expect(fieldOf(element, 'password').autocomplete).to.equal('current-password');
  });

  it('asks to register with what was written', async () => {
    const element = await render('register');
    fill(fieldOf(element, 'username'), ' Ada ');
    fill(fieldOf(element, 'email'), ' ada@example.com');
    fill(fieldOf(element, 'password'), ' spaces count ');
    const asked = oneEvent(element, 'cp-register');
    submit(element);
    expect((await asked).detail).to.deep.equal({
      username: 'Ada',
      email: 'ada@example.com',
      password: ' spaces count ',
    });
  });

  it('says beside each field what is wrong, moves to the first and asks nobody', async () => {
    const element = await render('register');
    let asked = 0;
    element.addEventListener('cp-register', () => (asked += 1));
    fill(fieldOf(element, 'username'), 'Ada');
    fill(fieldOf(element, 'email'), 'ada');
    fill(fieldOf(element, 'password'), 'short');
    const height = element.offsetHeight;
    submit(element);
    await element.updateComplete;
    expect(get(element, '#email-note').textContent).to.contain('e-mail address');
    expect(get(element, '#password-note').textContent).to.contain('at least 8');
    expect(fieldOf(element, 'username').getAttribute('aria-invalid')).to.equal('false');
    expect(fieldOf(element, 'email').matches(':focus')).to.equal(true);
    expect(asked).to.equal(0);
    expect(element.offsetHeight, 'nothing jumps').to.equal(height);
  });

  it('puts the server’s complaints beside the fields they are about', async () => {
    const element = await render('register');
    element.error = failed('invalid_request', [{ field: 'body.password', message: 'is known' }]);
    await element.updateComplete;
    expect(get(element, '#password-note').textContent?.trim()).to.equal('is known');
    expect(find(element, '.failure')).to.equal(null);
    element.error = failed('email_taken');
    await element.updateComplete;
    expect(get(element, '#email-note').textContent).to.contain('already an account');
  });

  it('shows what concerns no field above them', async () => {
    const element = await render('sign-in');
    element.error = failed('network');
    await element.updateComplete;
    expect(get(element, '.failure').textContent).to.contain('cannot be reached');
  });

  it('does not ask twice while an answer is awaited', async () => {
    const element = await render('sign-in');
    fill(fieldOf(element, 'email'), 'ada@example.com');
    fill(fieldOf(element, 'password'), 'correct horse');
    element.busy = true;
    let asked = 0;
    element.addEventListener('cp-sign-in', () => (asked += 1));
    submit(element);
    expect(asked).to.equal(0);
  });

  it('shows the password when asked to', async () => {
    const element = await render('sign-in');
    get(element, '[aria-label="Show password"]').click();
    await element.updateComplete;
    expect(fieldOf(element, 'password').type).to.equal('text');
  });
});

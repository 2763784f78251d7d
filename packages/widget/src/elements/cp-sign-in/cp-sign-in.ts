import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type ChatError } from '@chat-playground/sdk';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocalizeController } from '../../controllers/localize-controller.js';
import { emitIntent } from '../../events/intents.js';
import type { PlainTerm } from '../../i18n/dictionary.js';
import { errorText } from '../../i18n/error-text.js';
import { icon } from '../../icons/icons.js';
import { base, buttons, fields } from '../../themes/controls.js';
import {
  FORM_FIELDS,
  checkForm,
  fieldErrorsOf,
  type FieldErrors,
  type FieldName,
  type FormValues,
  type SignInMode,
} from './check-form.js';
import { styles } from './cp-sign-in.styles.js';

const INPUTS: Readonly<Record<FieldName, { type: string; label: PlainTerm; maxLength: number }>> = {
  username: { type: 'text', label: 'username', maxLength: 50 },
  email: { type: 'email', label: 'email', maxLength: 254 },
  // Decomposed, a letter may take four units; the server counts the composed form.
  password: { type: 'password', label: 'password', maxLength: 4 * MAX_PASSWORD_LENGTH },
};

/**
 * The form to sign in, and the one to create an account.
 *
 * @attr {'sign-in' | 'register'} mode which of the two
 * @attr busy an answer is awaited
 * @fires cp-sign-in
 * @fires cp-register
 */
export class CpSignIn extends LitElement {
  static override styles = [base, buttons, fields, styles];

  @property() mode: SignInMode = 'sign-in';
  @property({ type: Boolean }) busy = false;
  /** What the server said to the last try. */
  @property({ attribute: false }) error: ChatError | null = null;

  @state() private fieldErrors: FieldErrors = {};
  @state() private isPasswordShown = false;

  readonly #localize = new LocalizeController(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('error')) return;
    this.fieldErrors = fieldErrorsOf(this.error, this.#localize.localization);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('error') && this.error !== null) this.#focusFirstError();
  }

  override render(): TemplateResult {
    const term = this.#localize.term.bind(this.#localize);
    const isRegister = this.mode === 'register';
    return html`<div class="card">
      <div class="mark">${icon('sparkle')}</div>
      <h1>${term(isRegister ? 'registerTitle' : 'signInTitle')}</h1>
      <p class="lead">${term(isRegister ? 'registerText' : 'signInText')}</p>
      <form novalidate @submit=${this.#handleSubmit}>
        ${this.#renderFailure()} ${FORM_FIELDS[this.mode].map((name) => this.#renderField(name))}
        <button class="button primary submit" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? term('loading') : term(isRegister ? 'register' : 'signIn')}
        </button>
      </form>
      <p class="switch">
        ${term(isRegister ? 'haveAccount' : 'noAccountYet')}
        <button class="link" type="button" @click=${this.#switchMode}>
          ${term(isRegister ? 'signIn' : 'register')}
        </button>
      </p>
    </div>`;
  }

  #renderFailure(): TemplateResult {
    const isAboutField = this.#firstWrongField !== undefined;
    const text =
      this.error === null || isAboutField
        ? null
        : errorText(this.error, this.#localize.localization);
    return html`<div role="alert">
      ${text === null ? nothing : html`<p class="failure">${icon('alert')}${text}</p>`}
    </div>`;
  }

  #renderField(name: FieldName): TemplateResult {
    const { label, type, maxLength } = INPUTS[name];
    const error = this.fieldErrors[name];
    const isPassword = name === 'password';
    return html`<label for=${name}>${this.#localize.term(label)}</label>
      <div class="input ${isPassword ? 'with-button' : ''}">
        <input
          id=${name}
          name=${name}
          type=${isPassword && this.isPasswordShown ? 'text' : type}
          autocomplete=${this.#autocomplete(name)}
          maxlength=${maxLength}
          spellcheck="false"
          autocapitalize="none"
          required
          aria-invalid=${error !== undefined}
          aria-describedby="${name}-note"
          @input=${() => this.#forgetError(name)}
        />
        ${isPassword ? this.#renderReveal() : nothing}
      </div>
      <p id="${name}-note" class="note ${error === undefined ? '' : 'error'}">
        ${error ?? this.#hint(name)}
      </p>`;
  }

  #renderReveal(): TemplateResult {
    const term = this.#localize.term(this.isPasswordShown ? 'hidePassword' : 'showPassword');
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${term}
      title=${term}
      @click=${() => (this.isPasswordShown = !this.isPasswordShown)}
    >
      ${icon(this.isPasswordShown ? 'eye-off' : 'eye')}
    </button>`;
  }

  #hint(name: FieldName): string | typeof nothing {
    if (name !== 'password' || this.mode !== 'register') return nothing;
    return this.#localize.term('passwordRule', { min: MIN_PASSWORD_LENGTH });
  }

  #autocomplete(name: FieldName): string {
    if (name === 'username') return 'name';
    // Accounts are found by e-mail, so that is what password managers are to keep.
    if (name === 'email') return 'username';
    return this.mode === 'register' ? 'new-password' : 'current-password';
  }

  #forgetError(name: FieldName): void {
    if (this.fieldErrors[name] === undefined) return;
    this.fieldErrors = { ...this.fieldErrors, [name]: undefined };
  }

  readonly #switchMode = async (): Promise<void> => {
    this.mode = this.mode === 'register' ? 'sign-in' : 'register';
    this.fieldErrors = {};
    this.error = null;
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  };

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const values = this.#values(event.target as HTMLFormElement);
    this.fieldErrors = checkForm(this.mode, values, this.#localize.localization);
    if (this.#firstWrongField !== undefined) {
      this.#focusFirstError();
      return;
    }
    const email = values.email.trim();
    const { password } = values;
    if (this.mode === 'sign-in') emitIntent(this, 'cp-sign-in', { email, password });
    else emitIntent(this, 'cp-register', { username: values.username.trim(), email, password });
  };

  #values(form: HTMLFormElement): FormValues {
    const data = new FormData(form);
    const text = (name: FieldName): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    return { username: text('username'), email: text('email'), password: text('password') };
  }

  get #firstWrongField(): FieldName | undefined {
    return FORM_FIELDS[this.mode].find((name) => this.fieldErrors[name] !== undefined);
  }

  #focusFirstError(): void {
    const name = this.#firstWrongField;
    if (name !== undefined) this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-sign-in': CpSignIn;
  }
}

/** What can have the focus in a list, from the top. */
type Rows = () => readonly HTMLElement[];

/**
 * Keeps the focus in a list whose rows come and go: when the row that has it is taken away, the one
 * that moves up into its place is given it, or the last.
 */
export class ListFocus {
  #index = -1;
  #row: Element | null = null;

  constructor(
    private readonly root: () => DocumentOrShadowRoot | null,
    private readonly rows: Rows,
  ) {}

  /** Before the list is drawn again. */
  remember(): void {
    const active = this.root()?.activeElement ?? null;
    this.#index = this.rows().findIndex((row) => row === active);
    this.#row = this.#index === -1 ? null : active;
  }

  /**
   * Once it has been drawn.
   *
   * @param otherwise takes the focus when no row is left
   */
  restore(otherwise: HTMLElement | null): void {
    if (this.#row === null || this.#row.isConnected) return;
    const rows = this.rows();
    (rows[Math.min(this.#index, rows.length - 1)] ?? otherwise)?.focus();
    this.#row = null;
  }
}

import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { styles } from './cp-diagram.styles.js';

/**
 * A drawn diagram, in the colours of the theme. Wider than there is room, it is drawn smaller, and
 * what would then be too small to read can be scrolled.
 *
 * @prop drawing the drawing, sanitised (see `markdown/draw-diagram.ts`); taken in as it is
 * @prop label what the diagram is called, for those who do not see it
 * @csspart diagram
 */
export class CpDiagram extends LitElement {
  static override styles = styles;

  @property({ attribute: false }) drawing: SVGSVGElement | null = null;
  @property({ attribute: false }) label = '';

  override render(): TemplateResult {
    return html`<div
      class="scroller"
      part="diagram"
      role="img"
      tabindex="0"
      aria-label=${this.label}
    >
      ${this.drawing}
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('drawing')) return;
    const width = this.drawing?.getAttribute('width') ?? '0';
    this.drawing?.style.setProperty('--cp-diagram-width', `${Number.parseFloat(width)}px`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cp-diagram': CpDiagram;
  }
}

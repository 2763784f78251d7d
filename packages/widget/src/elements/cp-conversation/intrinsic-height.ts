import { noChange } from 'lit';
import { directive, Directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

const PROPERTY = 'contain-intrinsic-block-size';

/**
 * Gives an element the height it has while its content is skipped. Set through the element's own
 * style object: Lit's styleMap writes a style attribute first, which a strict content security
 * policy refuses.
 */
class IntrinsicHeight extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('intrinsicHeight stands on an element');
  }

  override render(_height: number | undefined): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [height]: [number | undefined]): typeof noChange {
    const { style } = part.element as HTMLElement;
    if (height === undefined) style.removeProperty(PROPERTY);
    else style.setProperty(PROPERTY, `auto ${height}px`);
    return noChange;
  }
}

/** @param height in CSS pixels; undefined leaves it to the stylesheet */
export const intrinsicHeight = directive(IntrinsicHeight);

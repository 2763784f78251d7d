interface AnchorHooks {
  /** It is somewhere else now, or the viewport has another size. */
  moved: () => void;
  /** It was scrolled out of sight or taken away. */
  gone: () => void;
}

/**
 * Watches where an element is, whatever moves it: a page or a list that scrolls, text that grows
 * above it. There is no event for that, so every frame is asked; that is one read of a layout the
 * browser makes anyway. CSS anchors would do it alone, but not every browser we support has them.
 *
 * @returns ends it
 */
export function followAnchor(anchor: HTMLElement, hooks: AnchorHooks): () => void {
  const whereabouts = (): string => {
    const { x, y, width, height } = anchor.getBoundingClientRect();
    return [x, y, width, height, innerWidth, innerHeight].join();
  };
  let last = whereabouts();
  const look = (): void => {
    const now = whereabouts();
    if (now !== last) hooks.moved();
    last = now;
    frame = requestAnimationFrame(look);
  };
  let frame = requestAnimationFrame(look);
  // Takes in every box around the anchor that cuts off what it scrolls.
  const sight = new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting === false) hooks.gone();
  });
  sight.observe(anchor);
  return () => {
    cancelAnimationFrame(frame);
    sight.disconnect();
  };
}

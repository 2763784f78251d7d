/** Space kept free between a popover, its anchor and the viewport's edges, in CSS pixels. */
const GAP_PX = 6;

/**
 * Puts an open popover next to its anchor: below it, or above where there is more room, lined up
 * with the anchor's start or end side and never outside the viewport. The popover then scrolls
 * inside itself if it is taller than the room there is.
 */
export function placePopover(
  anchor: HTMLElement,
  popover: HTMLElement,
  align: 'start' | 'end' = 'start',
): void {
  const around = anchor.getBoundingClientRect();
  const width = popover.offsetWidth;
  const roomBelow = innerHeight - around.bottom - 2 * GAP_PX;
  const roomAbove = around.top - 2 * GAP_PX;
  const fitsBelow = popover.scrollHeight <= roomBelow || roomBelow >= roomAbove;

  const isRightToLeft = getComputedStyle(anchor).direction === 'rtl';
  const isLeftAligned = (align === 'start') !== isRightToLeft;
  const wanted = isLeftAligned ? around.left : around.right - width;
  const left = Math.max(GAP_PX, Math.min(wanted, innerWidth - width - GAP_PX));

  Object.assign(popover.style, {
    position: 'fixed',
    left: `${left}px`,
    right: 'auto',
    top: fitsBelow ? `${around.bottom + GAP_PX}px` : 'auto',
    bottom: fitsBelow ? 'auto' : `${innerHeight - around.top + GAP_PX}px`,
    maxHeight: `${Math.max(fitsBelow ? roomBelow : roomAbove, 0)}px`,
  });
}

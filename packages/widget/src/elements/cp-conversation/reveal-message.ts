/** Drawing what is near moves what is sought; after so many looks it is where it will be. */
const MOST_LOOKS = 12;
/** How long a message stays marked, in milliseconds: as long as the mark takes to fade. */
const MARK_MS = 2400;
/** A message counts as standing still when it moves less than this between two frames. */
const STILL_PX = 2;

const MARK = 'found';

/**
 * Brings a message into sight, marks it for a moment and gives it the focus.
 *
 * @param find gives its element as it is now: it is another one once it is drawn in full
 * @returns whether there is such a message
 */
export async function revealMessage(find: () => HTMLElement | null): Promise<boolean> {
  let before = Number.NaN;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const row = find();
    if (row === null) return false;
    row.scrollIntoView({ block: 'center' });
    await nextFrame();
    const { top } = row.getBoundingClientRect();
    const isStill = row.isConnected && Math.abs(top - before) < STILL_PX;
    before = top;
    if (isStill && row.localName === 'cp-message') break;
  }
  const row = find();
  if (row === null) return false;
  mark(row);
  return true;
}

function mark(row: HTMLElement): void {
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.classList.add(MARK);
  setTimeout(() => row.classList.remove(MARK), MARK_MS);
}

async function nextFrame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

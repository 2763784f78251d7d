export interface PageLifecycle {
  /** The page is about to stand still: put away, frozen, or gone for good. */
  onSuspend: () => void;
  /** It runs again after that. */
  onResume: () => void;
  /** Someone looks at it. */
  onShow: () => void;
}

/**
 * Follows the page through being hidden, frozen and put into the browser's back-forward cache.
 * Going from running to suspended and back is told once each, whichever events a browser has.
 *
 * @returns the removal
 */
export function followPage({ onSuspend, onResume, onShow }: PageLifecycle): () => void {
  const removal = new AbortController();
  const { signal } = removal;
  let isSuspended = false;
  const suspend = () => {
    if (!isSuspended) onSuspend();
    isSuspended = true;
  };
  const resume = () => {
    if (isSuspended) onResume();
    isSuspended = false;
  };
  // `freeze` is Chromium's; the others stop a page after `pagehide` without another word.
  document.addEventListener('freeze', suspend, { signal });
  document.addEventListener('resume', resume, { signal });
  addEventListener('pagehide', suspend, { signal });
  addEventListener('pageshow', resume, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible' && !isSuspended) onShow();
    },
    { signal },
  );
  return () => removal.abort();
}

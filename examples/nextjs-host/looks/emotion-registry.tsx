'use client';

import createCache, { type EmotionCache } from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { useServerInsertedHTML } from 'next/navigation';
import { useState, type ReactNode } from 'react';

interface Registry {
  cache: EmotionCache;
  /** What was used since it was last asked. */
  takeUsed(): { scoped: string[]; global: string[] };
}

/**
 * Puts the styles that a server-rendered part needs before that part. Left to itself Emotion writes
 * them among the elements, where React then finds tags it did not expect.
 */
export function EmotionRegistry({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [{ cache, takeUsed }] = useState(() => createRegistry(nonce));
  useServerInsertedHTML(() => {
    const { scoped, global } = takeUsed();
    return (
      <>
        {/* Each under the name by which Emotion takes it over in the browser. */}
        {global.map((name) => renderStyle(cache, `${cache.key}-global ${name}`, [name]))}
        {scoped.length > 0 && renderStyle(cache, `${cache.key} ${scoped.join(' ')}`, scoped)}
      </>
    );
  });
  return <CacheProvider value={cache}>{children}</CacheProvider>;
}

function renderStyle(cache: EmotionCache, label: string, names: readonly string[]): ReactNode {
  const css = names.map((name) => cache.inserted[name]).filter((rule) => typeof rule === 'string');
  return (
    <style
      key={label}
      data-emotion={label}
      nonce={cache.nonce}
      // Styles of this application's own source, never anyone's text.
      dangerouslySetInnerHTML={{ __html: css.join('') }}
    />
  );
}

function createRegistry(nonce: string | undefined): Registry {
  const cache = createCache({ key: 'css', nonce });
  // Keeps the rules in `cache.inserted` rather than handing each to its component.
  cache.compat = true;
  let used: { scoped: string[]; global: string[] } = { scoped: [], global: [] };
  const insert = cache.insert;
  cache.insert = (selector, serialized, sheet, shouldCache) => {
    const isNew = cache.inserted[serialized.name] === undefined;
    if (isNew) (selector === '' ? used.global : used.scoped).push(serialized.name);
    return insert(selector, serialized, sheet, shouldCache);
  };
  return {
    cache,
    takeUsed: () => {
      const taken = used;
      used = { scoped: [], global: [] };
      return taken;
    },
  };
}

import { expect } from '@open-wc/testing';
import { loadLocalization } from './locales.js';

describe('Localization', () => {
  it('fills the places of a phrase', async () => {
    const english = await loadLocalization('en');
    expect(english.term('noChatsFound', { query: 'x{y}' })).to.equal('No chat matches “x{y}”.');
  });

  it('chooses the plural form by the count and writes numbers the language’s way', async () => {
    const english = await loadLocalization('en');
    expect(english.term('charactersLeft', { count: 1 })).to.equal('1 character left');
    expect(english.term('charactersLeft', { count: 1200 })).to.equal('1,200 characters left');
  });

  it('speaks Thai for any Thai tag, and English for a language it does not know', async () => {
    expect((await loadLocalization('th-TH')).term('newChat')).to.equal('แชตใหม่');
    expect((await loadLocalization('xx')).term('newChat')).to.equal('New chat');
  });

  it('tells how long ago something was in the largest unit that fits', async () => {
    const english = await loadLocalization('en');
    const now = Date.UTC(2026, 0, 10);
    expect(english.relativeTime(now - 3 * 3_600_000, now)).to.equal('3 hours ago');
    expect(english.relativeTime(now - 26 * 3_600_000, now)).to.equal('yesterday');
    expect(english.relativeTime(now, now)).to.equal('now');
  });
});

import { expect } from '@open-wc/testing';
import { chatIdOf, pathOf } from './address.js';

describe('the page’s address', () => {
  it('names a chat and comes back from it', () => {
    const id = '01910000-0000-7000-8000-000000000001';
    for (const root of ['/', '/chat/', '/tools/playground/']) {
      expect(chatIdOf(pathOf(id, root), root)).to.equal(id);
      expect(chatIdOf(`${root}chat/a%2Fb/`, root)).to.equal('a/b');
      expect(pathOf(null, root)).to.equal(root);
      expect(chatIdOf(root, root)).to.equal(null);
    }
    expect(chatIdOf('/tools', '/tools/')).to.equal(null);
  });

  it('names none elsewhere, and never fails', () => {
    expect(chatIdOf('/', '/')).to.equal(null);
    expect(chatIdOf('/chat/a/b', '/')).to.equal(null);
    expect(chatIdOf('/chat/%E0%A4%A', '/')).to.equal('%E0%A4%A');
  });
});

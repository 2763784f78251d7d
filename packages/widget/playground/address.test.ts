import { expect } from '@open-wc/testing';
import { chatIdOf, pathOf } from './address.js';

describe('the page’s address', () => {
  it('names a chat and comes back from it', () => {
    expect(chatIdOf(pathOf('01910000-0000-7000-8000-000000000001'))).to.equal(
      '01910000-0000-7000-8000-000000000001',
    );
    expect(chatIdOf('/chat/a%2Fb/')).to.equal('a/b');
    expect(pathOf(null)).to.equal('/');
  });

  it('names none elsewhere, and never fails', () => {
    expect(chatIdOf('/')).to.equal(null);
    expect(chatIdOf('/chat/a/b')).to.equal(null);
    expect(chatIdOf('/chat/%E0%A4%A')).to.equal('%E0%A4%A');
  });
});

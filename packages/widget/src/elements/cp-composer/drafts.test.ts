import { expect } from '@open-wc/testing';
import { Drafts } from './drafts.js';

describe('Drafts', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps one for each chat until it is emptied', () => {
    const drafts = new Drafts();
    drafts.write('a', 'one');
    drafts.write('b', 'two');
    expect([drafts.read('a'), drafts.read('b'), drafts.read('c')]).to.deep.equal([
      'one',
      'two',
      '',
    ]);
    drafts.write('a', '');
    expect(sessionStorage.length).to.equal(1);
  });

  it('forgets all drafts and nothing else', () => {
    sessionStorage.setItem('other', 'stays');
    const drafts = new Drafts();
    drafts.write('a', 'one');
    drafts.clear();
    expect(Object.keys(sessionStorage)).to.deep.equal(['other']);
  });

  it('does without storage, and without room in it', () => {
    expect(new Drafts(null).read('a')).to.equal('');
    new Drafts(null).write('a', 'one');
    new Drafts(null).clear();
    const drafts = new Drafts();
    drafts.write('a', 'x'.repeat(20_000_000));
    expect(drafts.read('a')).to.equal('');
  });
});

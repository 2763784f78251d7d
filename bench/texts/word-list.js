/** Syllables that make enough words for a vocabulary as large as people's. */
const SYLLABLES =
  'ba ka la mo ni pa re so ti vu den gar hol jin mer nas pol ran sel tor ช้าง บ้าน ขนม น้ำ'.split(' ');
const WORDS = 20_000;

/**
 * A word of a made vocabulary, each from one to four syllables. As in any language, a few words are
 * everywhere and most are rare: the word at rank r comes about as often as 1 / r.
 *
 * @param {() => number} random
 */
export function pickWord(random) {
  return wordAt(Math.floor(WORDS ** random()) - 1);
}

/** @param {number} rank 0 for the most frequent */
export function wordAt(rank) {
  let word = '';
  for (let left = rank + 1; left > 0; left = Math.floor(left / SYLLABLES.length)) {
    word += SYLLABLES[left % SYLLABLES.length];
  }
  return word;
}

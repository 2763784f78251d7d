import type { en } from './en.js';

/** Forms of a phrase by plural category (see Intl.PluralRules); `{count}` chooses among them. */
export type PluralPhrase = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A text with `{name}` places to fill. */
export type Phrase = string | PluralPhrase;

/** The name of a phrase. English is the list of all; other languages must have every one. */
export type Term = keyof typeof en;

/** One language's phrases. A missing or misspelt term does not compile. */
export type Dictionary = Record<Term, Phrase>;

type PlacesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlacesIn<Rest>
  : never;

type TextsOf<Entry> = Entry extends string ? Entry : Entry[keyof Entry];

type Places<Key extends Term> = PlacesIn<TextsOf<(typeof en)[Key]>>;

/** What fills a phrase's places: nothing to pass when it has none. */
export type TermParams<Key extends Term> = [Places<Key>] extends [never]
  ? []
  : [params: Readonly<Record<Places<Key>, string | number>>];

/** The terms that have no places to fill. */
export type PlainTerm = {
  [Key in Term]: [Places<Key>] extends [never] ? Key : never;
}[Term];

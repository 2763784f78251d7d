const files = import.meta.glob<string>('../protocol/golden/**/*.sse', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A golden transcript's text, in Node and in a browser alike. */
export function golden(name: string): string {
  const text = files[`../protocol/golden/${name}`];
  if (text === undefined) throw new Error(`There is no golden transcript ${name}.`);
  return text;
}

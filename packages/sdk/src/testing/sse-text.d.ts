/** A transcript's text, put into the bundle. */
declare module '*.sse?raw' {
  const text: string;
  export default text;
}

import { readErrorBody } from './error-body.js';
import { malformed, type StreamFailure } from './stream-failure.js';

/** Units of lines kept in the hope that they become JSON: an error, or a small answer, does. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Lines that are no part of an event: JSON instead of a stream, in one line or in many, an object a
 * line, an error in the middle.
 *
 * @param handleJson gets each text that is JSON
 */
export function createLooseLines(handleJson: (json: string) => void) {
  let text = '';
  return {
    push(line: string): void {
      if (text === '' && line.trim() === '') return;
      if (text.length + line.length > MAX_LENGTH) throw malformed('sent a line that is too large');
      text += `${line}\n`;
      const mayBeWhole = text.length === line.length + 1 || /^[}\]]/.test(line);
      if (!mayBeWhole || !/^\s*[{[]/.test(text) || !isJson(text)) return;
      const json = text;
      text = '';
      handleJson(json);
    },
    /** What never became JSON. */
    rest: () => text.trim(),
  };
}

/** An answer that is no stream: a web page, words, or nothing. */
export function noStream(answer: string): StreamFailure {
  if (answer === '') return malformed('did not answer with a stream of events');
  const { form, reason } = readErrorBody(answer);
  const words = reason.replace(/\s+/g, ' ').slice(0, 100);
  const what = form === 'html' ? 'a web page' : 'something else';
  return malformed(
    `did not answer with a stream of events but with ${what}${words && ` ("${words}")`}. Check its base_url`,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

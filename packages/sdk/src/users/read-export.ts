import { createDeadline } from '../http/deadline.js';
import { asRecord, errorFromFailure, invalidResponse } from '../http/error-from.js';
import type { HttpClient } from '../http/http-client.js';
import { readLines } from '../http/read-lines.js';
import type { ExportLine } from '../protocol/index.js';

const CALL = 'GET /users/me/export';

export interface ExportDeps {
  http: HttpClient;
  /** Longest wait for the answer, and longest silence after it, in milliseconds. */
  timeoutMs: number;
  closed: AbortSignal;
}

/**
 * An export as it arrives, never whole in memory. It is not repeated: half of it may be used up.
 *
 * @throws ChatError when it breaks off, or holds what is not a line of an export
 */
export async function* readExport(
  { http, timeoutMs, closed }: ExportDeps,
  signal?: AbortSignal,
): AsyncGenerator<ExportLine, void> {
  const deadline = createDeadline(timeoutMs, [signal, closed]);
  try {
    const response = await http.open({ method: 'GET', path: '/users/me/export' }, deadline);
    if (!response.body) throw invalidResponse(CALL, 'nothing');
    for await (const line of readLines(response.body, () => deadline.restart(timeoutMs))) {
      // Whoever reads may take their time between two lines; only the server's silence counts.
      deadline.clear();
      yield parseLine(line);
    }
  } catch (cause) {
    throw errorFromFailure(cause, CALL, {
      aborted: Boolean(signal?.aborted) || closed.aborted,
      timeoutMs: deadline.expired() ? timeoutMs : null,
    });
  } finally {
    deadline.abort();
  }
}

function parseLine(line: string): ExportLine {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof asRecord(parsed)?.kind === 'string') return parsed as ExportLine;
  } catch {
    // Told below, like a line that is JSON but of another make.
  }
  throw invalidResponse(CALL, 'a line that is not part of an export');
}

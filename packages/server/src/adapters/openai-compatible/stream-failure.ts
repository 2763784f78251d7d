import type { Failure } from './provider-errors.js';
import { readErrorBody } from './error-body.js';

/** A provider said something that is no part of the protocol, or that it failed. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** @param report what the provider said of its failure: any JSON value, or text */
export function reported(report: unknown): StreamFailure {
  return new StreamFailure({ kind: 'reported', ...readErrorBody(report) });
}

export function malformed(what: string): StreamFailure {
  return new StreamFailure({ kind: 'malformed', what });
}

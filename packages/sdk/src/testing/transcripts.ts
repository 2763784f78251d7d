import cutUtf8 from '../protocol/golden/cut-utf8.sse?raw';
import error from '../protocol/golden/error.sse?raw';
import happy from '../protocol/golden/happy.sse?raw';
import reasoning from '../protocol/golden/reasoning.sse?raw';
import stopped from '../protocol/golden/stopped.sse?raw';

/** Whole replies as they travel, byte for byte; what happens in each is said beside its file. */
export const transcripts: Readonly<
  Record<'happy' | 'cutUtf8' | 'error' | 'stopped' | 'reasoning', string>
> = { happy, cutUtf8, error, stopped, reasoning };

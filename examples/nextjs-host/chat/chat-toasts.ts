import type { Message, Vote } from '@chat-playground/sdk';
import { toaster } from '../looks/toaster';

/** Says how a reply ended. Other failures the widget shows by itself, where they happened. */
export function toastReplyEnd({ status, metrics, error }: Message): void {
  if (status === 'complete') {
    const cost =
      metrics && `${metrics.completion_tokens} tokens in ${metrics.response_time.toFixed(1)} s`;
    toaster.success({ title: 'Reply finished', description: cost ?? undefined });
  } else if (status === 'stopped') {
    toaster.info({ title: 'Reply stopped', description: 'What was written so far is kept.' });
  } else {
    toaster.error({ title: 'Reply cut short', description: error?.message });
  }
}

/** @param vote null when it was taken back */
export function toastVote(vote: Vote | null): void {
  if (vote === null) toaster.info({ title: 'Vote taken back' });
  else toaster.success({ title: vote === 'upvote' ? 'Marked as good' : 'Marked as bad' });
}

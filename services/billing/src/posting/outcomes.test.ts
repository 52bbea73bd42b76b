import { describe, expect, it } from 'vitest';
import { quickBooksErrorFrom } from '../quickbooks/quickbooks-error.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import { inDoubtSeconds } from './in-doubt.ts';
import { afterError } from './outcomes.ts';

const posting = { state: 'posting', attempt: 1, sent_to: [] as unknown } as ClaimedPosting;
const after = (status: number, header: string | undefined, sent: boolean) => {
  const headers = header === undefined ? {} : { 'retry-after': header };
  return afterError(quickBooksErrorFrom({ response: { status, data: '', headers } }), posting, { sent });
};

describe('a posting that QuickBooks has no time for', () => {
  it.each<[number, string | undefined, boolean, object]>([
    [429, undefined, true, { state: 'posting', retryInSeconds: 60, refused: true }],
    [429, '300', true, { state: 'posting', retryInSeconds: 300, refused: true }],
    [429, '86400', false, { state: 'posting', retryInSeconds: 900, refused: false }],
    [503, '300', false, { state: 'posting', retryInSeconds: 300 }],
    [503, '600', true, { state: 'in-doubt', retryInSeconds: 600 }],
    [503, '1', true, { state: 'in-doubt', retryInSeconds: inDoubtSeconds }],
  ])('is tried again, and never failed for good (%i, Retry-After: %s, sent: %s)', (status, header, sent, expected) => {
    expect(after(status, header, sent)).toMatchObject(expected);
  });
});

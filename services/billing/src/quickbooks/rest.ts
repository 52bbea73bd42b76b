import type { QuickBooksError } from './quickbooks-error.ts';

// What its pages say of a throttled call.
const throttledMs = 60_000;
const firstMs = 15_000;
const longestMs = 900_000;

/** For how long QuickBooks asks not to be asked, as far as that is believed: a day would be a mistake of a gateway's. */
export const namedRestMs = ({ retryAfterMs = 0 }: Pick<QuickBooksError, 'retryAfterMs'>): number =>
  Math.min(retryAfterMs, longestMs);

/** For how long it is left alone after a call that had no usable answer; `attempt` counts such calls in a row, from 1. */
export const restMs = (error: QuickBooksError, attempt: number): number =>
  Math.max(
    namedRestMs(error),
    error.kind === 'throttled' ? throttledMs : Math.min(firstMs * 2 ** (attempt - 1), longestMs),
  );

import type { Pax8Error } from '../pax8/pax8-error.ts';
import type { QuickBooksErrorKind } from '../quickbooks/quickbooks-error.ts';

/** `failed`: none of the vendor's own errors. */
export type CallFailure = Pax8Error['kind'] | QuickBooksErrorKind | 'failed';

/** Why a call of a vendor had no usable answer, and whether the vendor answered all the same: a refusal is an answer. */
export const callFailures: Readonly<Record<CallFailure, 'answered' | 'no answer'>> = {
  refused: 'answered',
  forbidden: 'answered',
  'not-found': 'answered',
  rejected: 'answered',
  token: 'answered',
  lapsed: 'answered',
  throttled: 'answered',
  unavailable: 'no answer',
  unreachable: 'no answer',
  'in-doubt': 'no answer',
  unexpected: 'no answer',
  failed: 'no answer',
};

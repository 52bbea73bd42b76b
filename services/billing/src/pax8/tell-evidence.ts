import type { FoundException } from '../rating/rating-values.ts';
import type { HeldRecord } from './readable.ts';
import { heldException } from './tell-held.ts';

/** What has been found so far, of all lists. */
export interface EvidenceFound {
  held: HeldRecord[];
  exceptions: FoundException[];
  changed: number;
}

/** A record by which nothing is billed, but bills are compared. */
export const unreadableEvidence = (held: HeldRecord): FoundException => ({
  ...heldException(held),
  code: 'evidence.unreadable',
});

/** A list that could not be read: what was mirrored of it stays. */
export const unreadEvidence = (what: string, reason: string): FoundException => ({
  subjectKey: `pax8:list:${what}`,
  code: 'evidence.unread',
  customerId: null,
  detail: `Pax8's ${what} could not be read (${reason}); what was read before stays, and may be out of date`,
  nextStep:
    'The nightly reading tries again. If it stays so, press “Replace credentials” under “Connections” for some that may read it',
});

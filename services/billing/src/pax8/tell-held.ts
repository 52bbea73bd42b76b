import type { FoundException } from '../rating/rating-values.ts';
import type { HeldRecord } from './readable.ts';

/** A held record as the worklist has it: once for each record, whatever else is wrong with it. */
export const heldException = ({ kind, id, reason }: HeldRecord): FoundException => ({
  subjectKey: `pax8:${kind}:${id ?? 'without an id'}`,
  code: 'record.unreadable',
  customerId: null,
  detail: `Pax8 lists a ${kind} ${id === null ? 'without an id' : id} that cannot be read (${reason}); it is left out, everything else was read`,
  nextStep: 'Look at it at Pax8 and set it right there; the nightly reading takes it up. Else tell the platform team',
});

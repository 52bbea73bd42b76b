import type { ConditionType, ReasonsOf } from '../api/conditions.ts';
import { reasonEntry, type Outcome } from '../outcome.ts';

/** What is said of a condition for one of its reasons, in words that do not matter. */
export const anOutcome = <Type extends ConditionType>(
  type: Type,
  reason: keyof ReasonsOf<Type> & string,
  { message = 'm', requeueAfterMs }: { message?: string; requeueAfterMs?: number } = {},
): Outcome<Type> => {
  const { status, needs } = reasonEntry(type, reason) ?? {};
  return { type, status, needs, reason, message, requeueAfterMs } as Outcome<Type>;
};

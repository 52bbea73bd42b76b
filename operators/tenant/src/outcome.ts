import type { Condition } from '@legendops/operator-runtime/controller/conditions';
import type { ReasonEntry } from './api/condition-entry.ts';
import { conditions, type ConditionType, type ReasonsOf } from './api/conditions.ts';
import { reasonsOfReady } from './api/ready.ts';
import { reasonsOfAll } from './api/reasons-of-all.ts';

declare const fromTheTable: unique symbol;

/** What is said of one condition. Only the tables of `api/` make one: a reason or a message beside them does not compile. */
export interface Outcome<Type extends ConditionType = ConditionType> extends Pick<ReasonEntry, 'status' | 'needs'> {
  readonly [fromTheTable]: true;
  type: Type;
  reason: string;
  message: string;
  /** Look again after this time although nothing changed. */
  requeueAfterMs?: number;
}

type Seen<Entry> = Entry extends { says: (...seen: infer Parameters) => string } ? Parameters : never;
type ReasonOfAll = keyof typeof reasonsOfAll;

const outcomeOf = <Type extends ConditionType>(
  type: Type,
  reason: string,
  { status, needs }: ReasonEntry,
  message: string,
): Outcome<Type> => ({ type, status, reason, message, ...(needs !== undefined && { needs }) }) as Outcome<Type>;

const ownReasons = (type: ConditionType): Readonly<Record<string, ReasonEntry>> =>
  type === 'Ready' ? reasonsOfReady : conditions[type].reasons;

/** What the tables say of a reason; undefined where the condition has none of this name. */
export const reasonEntry = (type: ConditionType, reason: string): ReasonEntry | undefined =>
  ownReasons(type)[reason] ?? (reasonsOfAll as Readonly<Record<string, ReasonEntry>>)[reason];

const saying = <Type extends ConditionType>(type: Type, reason: string, seen: readonly unknown[]): Outcome<Type> => {
  const entry = reasonEntry(type, reason);
  if (!entry) throw new TypeError(`${type} has no reason ${reason}`);
  const says = entry.says as (...seen: readonly unknown[]) => string;
  return outcomeOf(type, reason, entry, says(...seen));
};

/** A reason of this condition, with what was seen of it. */
export const say = <Type extends ConditionType, Reason extends keyof ReasonsOf<Type> & string>(
  type: Type,
  reason: Reason,
  ...seen: Seen<ReasonsOf<Type>[Reason]>
): Outcome<Type> => saying(type, reason, seen);

/** A reason that every condition may have, where it is not known which one is spoken of. */
export const sayOfAll = <Type extends ConditionType, Reason extends ReasonOfAll>(
  type: Type,
  reason: Reason,
  ...seen: Seen<(typeof reasonsOfAll)[Reason]>
): Outcome<Type> => saying(type, reason, seen);

/** What a pass before said, to be said again; undefined where nobody of ours said it. */
export const sayAgain = <Type extends ConditionType>(
  type: Type,
  { status, reason, message }: Condition,
): Outcome<Type> | undefined =>
  reasonEntry(type, reason) ? ({ type, status, reason, message } as Outcome<Type>) : undefined;

export const lookAgainIn = <Type extends ConditionType>(ms: number, outcome: Outcome<Type>): Outcome<Type> => ({
  ...outcome,
  requeueAfterMs: ms,
});

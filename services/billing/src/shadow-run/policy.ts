import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import { addDays, daysBetween, monthOf } from '../rating/period.ts';
import type { NewShadowRun, ShadowRuns } from './contract.ts';

export const permissionTo = { read: 'posting.read', start: 'period.manage' } as const satisfies Record<
  string,
  Permission
>;

export const shadowRunActs = (actor: Actor): ShadowRuns['acts'] => ({
  start: presentVerdict(refusedToRole(actor, permissionTo.start)),
});

/** A quarter: whoever asks for more has mistyped, and would read all of the books. */
const mostDays = 92;

/** Between which days invoices of a month are dated. */
export const daysOf = ({ period, datedFrom, datedTo }: NewShadowRun): { from: string; to: string } => {
  const { start, end } = monthOf(period);
  return { from: datedFrom ?? start, to: datedTo ?? addDays(end, -1) };
};

export const refusesStart = (asked: NewShadowRun, today: string): Refusal => {
  const { start, end } = monthOf(asked.period);
  const { from, to } = daysOf(asked);
  if (asked.period !== start) return { code: 'period.not-found', detail: 'A month is named by its first day' };
  if (end > today) return { code: 'period.wrong-state', detail: 'It is not over yet' };
  if (from > to) return { code: 'period.wrong-state', detail: 'The last day comes before the first one' };
  return daysBetween(from, to) < mostDays
    ? undefined
    : { code: 'period.wrong-state', detail: `Invoices of at most ${mostDays} days are compared at a time` };
};

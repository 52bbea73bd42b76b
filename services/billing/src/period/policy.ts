import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import { allows, askAdministrator, type Permission } from '@legendops/kit/contract/permissions';
import type { PeriodState, RunState } from '../contract.ts';
import type { BilledPeriod } from './contract.ts';

export const permissionTo = { run: 'period.manage', skip: 'period.manage' } as const satisfies Record<
  string,
  Permission
>;

/** Whoever is told of a month: what may be done, and is to be done next, depends on their role. */
export type Reader = Pick<Actor, 'role'>;

/** What decides about a month. */
export interface PeriodStanding {
  state: PeriodState;
  isAsked: boolean;
  /** How many invoices it has, and how many of them are drafts. */
  invoices: number;
  drafts: number;
  unbilled: number;
  leavesMoney: boolean;
  newestRun: RunState | undefined;
}

const wrongState = (detail: string): Refusal => ({ code: 'period.wrong-state', detail });

export const refusesRun = ({ state, isAsked }: Pick<PeriodStanding, 'state' | 'isAsked'>): Refusal => {
  if (state === 'open') return wrongState('It is not over yet');
  return isAsked ? wrongState('It is asked for already: the job of the next night runs it') : undefined;
};

export const refusesSkip = ({ state, invoices }: Pick<PeriodStanding, 'state' | 'invoices'>): Refusal => {
  if (state === 'open') return wrongState('It is not over yet');
  if (state === 'skipped') return wrongState('It was skipped already');
  if (state !== 'due') return wrongState('It was run: a draft that is not approved is not billed');
  return invoices > 0 ? wrongState('It has drafts already: press “Run” to have them completed') : undefined;
};

export const periodActs = (actor: Reader, period: PeriodStanding): BilledPeriod['acts'] => ({
  run: presentVerdict(refusedToRole(actor, permissionTo.run) ?? refusesRun(period)),
  skip: presentVerdict(refusedToRole(actor, permissionTo.skip) ?? refusesSkip(period)),
});

/** The one thing to do about a month now; null where there is nothing. */
export const nextStepOf = ({ role }: Reader, period: PeriodStanding): string | null => {
  const { state, isAsked, drafts, unbilled, leavesMoney, newestRun } = period;
  const ofManager = (step: string): string => (allows(role, permissionTo.run) ? step : askAdministrator);
  if (state === 'open') return null;
  if (newestRun === 'running') return 'Its run is under way.';
  if (isAsked)
    return 'It is run by itself, right after usage was read in the next night. If it stays so, check the connection to Pax8.';
  if (state === 'due')
    return ofManager('Press “Run”, or wait for the run of the month, which does every month that is due.');
  if (state === 'skipped') return leavesMoney ? ofManager('Press “Run” if it is to be billed after all.') : null;
  if (state === 'closed')
    return leavesMoney
      ? ofManager('Press “Run” to have it looked at once more, or bill by hand what it leaves.')
      : null;
  if (unbilled > 0) return 'See on the worklist to what is not billed.';
  if (drafts > 0)
    return allows(role, 'invoice.approve') ? 'Check its drafts and press “Approve” on each.' : askAdministrator;
  return null;
};

import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Verdict } from '@legendops/kit/contract/verdict';
import type { SeatPush, SeatPushDetail, SeatPushState } from './contract.ts';

export const permissionTo = {
  read: 'seat-push.read',
  prepare: 'seat-push.approve',
  approve: 'seat-push.approve',
  reject: 'seat-push.approve',
  send: 'seat-push.approve',
} as const satisfies Record<string, Permission>;

type Stand = Pick<SeatPush, 'state'> & { waiting: number; sent_since: string | null };

const wrongState = (detail: string): Refusal => ({ code: 'seat-push.wrong-state', detail });

const decided: Record<Exclude<SeatPushState, 'draft'>, string> = {
  approved: 'Somebody approved it meanwhile: close this to see how it stands',
  done: 'It was approved and sent already',
  rejected: 'Somebody rejected it meanwhile: press “Check seats again”',
};

export const refusesApproval = ({ state, waiting, sent_since }: Stand): Refusal => {
  if (state !== 'draft') return wrongState(decided[state]);
  if (sent_since !== null)
    return {
      code: 'seat-push.changed',
      detail: `Changes of ${sent_since.slice(0, 7)} were sent to SuperOps after it was compared: press “Check seats again”`,
    };
  return waiting === 0 ? wrongState('There is nothing to send: see what keeps the others from being sent') : undefined;
};

/** Also of what was approved and is not sent yet: it may never be sendable. */
export const refusesRejection = ({ state }: Pick<Stand, 'state'>): Refusal =>
  state === 'draft' || state === 'approved' ? undefined : wrongState(decided[state]);

export const refusesSending = ({ state }: Pick<Stand, 'state'>): Refusal => {
  if (state === 'approved') return undefined;
  return wrongState(state === 'draft' ? 'Nobody has approved it yet: press “Approve” first' : decided[state]);
};

/** A month is compared anew until it is approved, and after that once nothing of it waits. */
export const refusesPreparing = ({ state }: Pick<Stand, 'state'>): Refusal =>
  state === 'approved'
    ? wrongState('What was approved for this month is not all sent yet: press “Send to SuperOps” or “Reject” first')
    : undefined;

export const mayPrepare = (actor: Actor): Verdict => presentVerdict(refusedToRole(actor, permissionTo.prepare));

export const actsOn = (stand: Stand, actor: Actor): SeatPushDetail['acts'] => ({
  prepare: presentVerdict(refusedToRole(actor, permissionTo.prepare) ?? refusesPreparing(stand)),
  approve: presentVerdict(refusedToRole(actor, permissionTo.approve) ?? refusesApproval(stand)),
  reject: presentVerdict(refusedToRole(actor, permissionTo.reject) ?? refusesRejection(stand)),
  send: presentVerdict(refusedToRole(actor, permissionTo.send) ?? refusesSending(stand)),
});

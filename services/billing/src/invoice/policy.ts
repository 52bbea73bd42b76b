import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import { allows, askAdministrator, type Permission } from '@legendops/kit/contract/permissions';
import type { InvoiceDetail, InvoiceStatus } from '../contract.ts';
import type { PostingCode } from '../posting/posting-reasons.ts';
import type { PostingRow } from '../posting/posting-row.ts';
import type { InvoiceParts, InvoiceRow } from './store.ts';

export const permissionTo = {
  approve: 'invoice.approve',
  post: 'invoice.post',
  settle: 'posting.settle',
  edit: 'invoice.edit',
  hold: 'invoice.approve',
  release: 'invoice.approve',
  reject: 'invoice.approve',
  takeBack: 'invoice.approve',
  seePayments: 'posting.read',
} as const satisfies Record<string, Permission>;

const unmarkedCode: PostingCode = 'invoice-unmarked';
const lapsedCode: PostingCode = 'approval-lapsed';

type InStatus = Pick<InvoiceRow, 'status'>;

const wrongState = (detail: string): Refusal => ({ code: 'invoice.wrong-state', detail });

const isNoDraft = wrongState('It is no draft any more: close this to see how it stands');

/** Two persons approve what is above the limit, whichever way the money goes. */
export const approversNeeded = (
  { total_minor: total }: Pick<InvoiceRow, 'total_minor'>,
  { limit }: Pick<InvoiceParts, 'limit'>,
): number => (limit !== null && (total < 0n ? -total : total) > limit ? 2 : 1);

const isLapsed = ({ status }: InStatus, posting: PostingRow | undefined): boolean =>
  status === 'failed' && posting?.state === 'failed' && posting.code === lapsedCode;

const isApprovedEnough = (
  invoice: Pick<InvoiceRow, 'total_minor'>,
  parts: Pick<InvoiceParts, 'approvals' | 'limit'>,
): boolean => parts.approvals.length >= approversNeeded(invoice, parts);

export const refusesApproval = (
  invoice: Pick<InvoiceRow, 'status' | 'decision' | 'total_minor'>,
  parts: Pick<InvoiceParts, 'approvals' | 'limit' | 'posting'>,
  { memberId }: Pick<Actor, 'memberId'>,
): Refusal => {
  const { status, decision } = invoice;
  const lapsed = isLapsed(invoice, parts.posting);
  if (lapsed && isApprovedEnough(invoice, parts)) return wrongState('It is approved anew: press “Post to QuickBooks”');
  if (status !== 'draft' && !lapsed)
    return wrongState('Somebody approved it meanwhile: close this to see how it stands');
  if (decision?.kind === 'held') return wrongState(`${decision.by} holds it: press “Release” first`);
  if (decision?.kind === 'anew')
    return wrongState(`${decision.by} has rejected it: the next invoice run drafts it anew, look at it after that`);
  if (approversNeeded(invoice, parts) > 1 && parts.approvals.some((given) => given.memberId === memberId))
    return wrongState('You have approved it, and it is above the limit: ask another administrator to approve it, too');
  return undefined;
};

export const refusesEdit = ({ status }: InStatus): Refusal => (status === 'draft' ? undefined : isNoDraft);

export const refusesHold = ({ status, decision }: Pick<InvoiceRow, 'status' | 'decision'>): Refusal => {
  if (status !== 'draft') return isNoDraft;
  return decision?.kind === 'anew'
    ? wrongState('It was rejected and is drafted anew: press “Hold draft” after that')
    : undefined;
};

export const refusesRelease = ({ status, decision }: Pick<InvoiceRow, 'status' | 'decision'>): Refusal =>
  status === 'draft' && decision?.kind === 'held' ? undefined : wrongState('Nobody holds it');

export const refusesRejection = ({ status, decision }: Pick<InvoiceRow, 'status' | 'decision'>): Refusal => {
  if (status !== 'draft') return isNoDraft;
  return decision?.kind === 'anew' ? wrongState('It was rejected already, and is drafted anew') : undefined;
};

/** Until it is sent: what QuickBooks may have is corrected, and not taken back. */
export const refusesTakingBack = ({ status }: InStatus, posting: PostingRow | undefined): Refusal => {
  if (status === 'approved' || status === 'settled' || status === 'rejected') return undefined;
  if ((status === 'posting' || status === 'failed') && posting?.may_be_there !== true) return undefined;
  if (status === 'draft') return wrongState('It is a draft already');
  return wrongState('It was sent to QuickBooks: what is wrong with it is corrected on the next invoice');
};

/** Asked again while it is under way or done: the answer is how it stands. */
export const isPostingAsked = ({ status }: InStatus): boolean =>
  status === 'posting' || status === 'posted' || status === 'in-doubt';

export const refusesPosting = (
  invoice: Pick<InvoiceRow, 'status' | 'total_minor'>,
  parts: Pick<InvoiceParts, 'posting' | 'approvals' | 'limit'>,
): Refusal => {
  const { status } = invoice;
  const { posting } = parts;
  if (isLapsed(invoice, posting) && !isApprovedEnough(invoice, parts))
    return wrongState('Its approval counts no more: press “Approve” first');
  if (status === 'approved' || (status === 'failed' && posting?.state === 'failed')) return undefined;
  if (status === 'draft') return wrongState('It is a draft: close this, look at its lines, and press “Approve” first');
  if (status === 'posted') return wrongState('It is in QuickBooks already');
  if (status === 'settled') return wrongState('Its lines cancel out: there is nothing to post');
  if (status === 'rejected') return wrongState('It was rejected: press “Take back” if it is to be billed after all');
  if (status === 'voided') return wrongState('It is void: what is to be billed of it comes with the next invoice');
  return wrongState('Its last posting is not settled: close this to see what is known of it');
};

const nothingToSettle: ReadonlySet<InvoiceStatus> = new Set(['posted', 'voided', 'draft', 'approved', 'rejected']);

/** A person's word counts where nobody can look: the company is not connected, or what is there carries no fingerprint of ours. */
export const refusesSettlement = ({ status }: InStatus, posting: PostingRow | undefined): Refusal => {
  if (!posting || nothingToSettle.has(status))
    return wrongState('There is nothing to settle: close this to see how it stands');
  if (!posting.may_be_there) return wrongState('It is certainly not in QuickBooks: press “Post to QuickBooks”');
  if (!posting.is_askable || (status === 'failed' && posting.code === unmarkedCode)) return undefined;
  return wrongState('QuickBooks can be asked: it is looked for by itself within minutes');
};

export const invoiceActs = (
  actor: Actor,
  invoice: Pick<InvoiceRow, 'status' | 'decision' | 'total_minor'>,
  parts: Pick<InvoiceParts, 'posting' | 'approvals' | 'limit'>,
): InvoiceDetail['acts'] => {
  const { posting } = parts;
  return {
    approve: presentVerdict(refusedToRole(actor, permissionTo.approve) ?? refusesApproval(invoice, parts, actor)),
    post: presentVerdict(refusedToRole(actor, permissionTo.post) ?? refusesPosting(invoice, parts)),
    settle: presentVerdict(refusedToRole(actor, permissionTo.settle) ?? refusesSettlement(invoice, posting)),
    edit: presentVerdict(refusedToRole(actor, permissionTo.edit) ?? refusesEdit(invoice)),
    hold: presentVerdict(refusedToRole(actor, permissionTo.hold) ?? refusesHold(invoice)),
    release: presentVerdict(refusedToRole(actor, permissionTo.release) ?? refusesRelease(invoice)),
    reject: presentVerdict(refusedToRole(actor, permissionTo.reject) ?? refusesRejection(invoice)),
    takeBack: presentVerdict(refusedToRole(actor, permissionTo.takeBack) ?? refusesTakingBack(invoice, posting)),
  };
};

/** What to do about an invoice that waits, by its status: by itself, or by an act of whoever may. */
const steps: Record<
  Exclude<InvoiceStatus, 'posted' | 'settled' | 'rejected' | 'voided'>,
  { act?: keyof typeof permissionTo; step: string }
> = {
  'in-doubt': { step: 'It is looked up by itself; open it to see what is known.' },
  failed: { act: 'post', step: 'Open it for the reason, then press “Post to QuickBooks”.' },
  posting: { step: 'It is tried again by itself; check that QuickBooks is connected.' },
  draft: { act: 'approve', step: 'Check its lines and press “Approve”.' },
  approved: { act: 'post', step: 'Press “Post to QuickBooks”.' },
};

export const nextStepFor = ({ role }: Pick<Actor, 'role'>, status: keyof typeof steps): string => {
  const { act, step } = steps[status];
  return act === undefined || allows(role, permissionTo[act]) ? step : askAdministrator;
};

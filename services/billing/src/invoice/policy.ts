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
} as const satisfies Record<string, Permission>;

const unmarkedCode: PostingCode = 'invoice-unmarked';

type InStatus = Pick<InvoiceRow, 'status'>;

const wrongState = (detail: string): Refusal => ({ code: 'invoice.wrong-state', detail });

export const refusesApproval = ({ status }: InStatus): Refusal =>
  status === 'draft' ? undefined : wrongState('Somebody approved it meanwhile: close this to see how it stands');

/** Asked again while it is under way or done: the answer is how it stands. */
export const isPostingAsked = ({ status }: InStatus): boolean =>
  status === 'posting' || status === 'posted' || status === 'in-doubt';

export const refusesPosting = ({ status }: InStatus, posting: PostingRow | undefined): Refusal => {
  if (status === 'approved' || (status === 'failed' && posting?.state === 'failed')) return undefined;
  if (status === 'draft') return wrongState('It is a draft: close this, look at its lines, and press “Approve” first');
  if (status === 'posted') return wrongState('It is in QuickBooks already');
  if (status === 'settled') return wrongState('Its lines cancel out: there is nothing to post');
  if (status === 'voided') return wrongState('It is void: what is to be billed of it comes with the next invoice');
  return wrongState('Its last posting is not settled: close this to see what is known of it');
};

/** A person's word counts where nobody can look: the company is not connected, or what is there carries no fingerprint of ours. */
export const refusesSettlement = ({ status }: InStatus, posting: PostingRow | undefined): Refusal => {
  if (!posting || status === 'posted' || status === 'voided' || status === 'draft' || status === 'approved')
    return wrongState('There is nothing to settle: close this to see how it stands');
  if (!posting.may_be_there) return wrongState('It is certainly not in QuickBooks: press “Post to QuickBooks”');
  if (!posting.is_askable || (status === 'failed' && posting.code === unmarkedCode)) return undefined;
  return wrongState('QuickBooks can be asked: it is looked for by itself within minutes');
};

export const invoiceActs = (
  actor: Actor,
  invoice: InStatus,
  { posting }: Pick<InvoiceParts, 'posting'>,
): InvoiceDetail['acts'] => ({
  approve: presentVerdict(refusedToRole(actor, permissionTo.approve) ?? refusesApproval(invoice)),
  post: presentVerdict(refusedToRole(actor, permissionTo.post) ?? refusesPosting(invoice, posting)),
  settle: presentVerdict(refusedToRole(actor, permissionTo.settle) ?? refusesSettlement(invoice, posting)),
});

/** What to do about an invoice that waits, by its status: by itself, or by an act of whoever may. */
const steps: Record<
  Exclude<InvoiceStatus, 'posted' | 'settled' | 'voided'>,
  { act?: keyof typeof permissionTo; step: string }
> = {
  'in-doubt': { step: 'It is looked up by itself; open it to see what is known.' },
  failed: { act: 'post', step: 'Open it for the reason, then press “Post to QuickBooks”.' },
  posting: { step: 'It is tried again by itself; check that QuickBooks is connected.' },
  draft: { act: 'approve', step: 'Check its lines and press “Approve”.' },
  approved: { act: 'post', step: 'Press “Post to QuickBooks”.' },
};

export const nextStepFor = ({ role }: Actor, status: keyof typeof steps): string => {
  const { act, step } = steps[status];
  return act === undefined || allows(role, permissionTo[act]) ? step : askAdministrator;
};

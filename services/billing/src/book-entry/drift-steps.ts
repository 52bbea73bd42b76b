import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import type { DriftKind } from './contract.ts';

interface DriftStep {
  code: CodeOpenedBy<'reconcile'>;
  nextStep: string;
}

const accept = 'Put it right in QuickBooks, or press “Confirm change” on this invoice if it is meant so';
const gone = 'Press “Confirm change” on this invoice if it is meant so, or “Post anew” if it was a mistake';

/** What each change in QuickBooks is told as, and what a person does about it. */
export const driftSteps: Record<DriftKind, DriftStep> = {
  deleted: { code: 'posted.missing', nextStep: gone },
  voided: { code: 'posted.voided', nextStep: gone },
  total: { code: 'posted.total-differs', nextStep: accept },
  currency: { code: 'posted.total-differs', nextStep: accept },
  customer: { code: 'posted.customer-differs', nextStep: accept },
  number: { code: 'posted.number-differs', nextStep: accept },
  lines: { code: 'posted.lines-differ', nextStep: accept },
};

/** Its document is no more: it may be posted anew. */
export const isGone = (kind: DriftKind): boolean => kind === 'deleted' || kind === 'voided';

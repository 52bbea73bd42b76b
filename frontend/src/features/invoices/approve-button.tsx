import type { InvoiceDetail } from '@legendops/billing/contract';
import { Check } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { formatMoney } from '../../lib/money.ts';
import { ApiProblem } from '../../lib/problem.ts';
import { BelowCostNotice } from './below-cost-notice.tsx';
import { useApproval } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const isChanged = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'invoice.changed';

export const ApproveButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const approval = useApproval();
  return (
    <AskFirst
      subject={invoice}
      offered={invoice.acts.approve.may}
      act={approval}
      look="primary"
      renderQuestion={(seen) => ({
        title: 'Approve this invoice?',
        confirm: 'Approve invoice',
        body: (
          <>
            <InvoiceInBrief invoice={seen} />
            <BelowCostNotice invoice={seen} />
            {isChanged(approval.error) && <p>Close this, look at its lines again, and press “Approve” then.</p>}
            <p>
              You approve exactly these lines and {formatMoney(seen.totalMinor, seen.currency)}. If anything changes
              before it is posted, it needs your approval again.
            </p>
          </>
        ),
      })}
    >
      <Check aria-hidden />
      Approve
    </AskFirst>
  );
};

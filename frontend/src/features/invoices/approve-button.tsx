import type { InvoiceDetail } from '@legendops/billing/contract';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatMoney } from '../../lib/money.ts';
import { ApiProblem } from '../../lib/problem.ts';
import { useMay } from '../../lib/session.ts';
import { BelowCostNotice } from './below-cost-notice.tsx';
import { useApproval } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const isChanged = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'invoice.changed';

export const ApproveButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const may = useMay('invoice.approve');
  // What the person sees in the dialog is what gets approved, whatever arrives in the background meanwhile.
  const [seen, setSeen] = useState<InvoiceDetail | null>(null);
  const approval = useApproval();
  const close = () => {
    setSeen(null);
    approval.reset();
  };
  if (!may || (invoice.status !== 'draft' && seen === null)) return null;
  return (
    <>
      <Button look="primary" onClick={() => setSeen(invoice)}>
        <Check aria-hidden />
        Approve
      </Button>
      {seen !== null && (
        <ConfirmDialog
          title="Approve this invoice?"
          confirm="Approve invoice"
          act={approval}
          onConfirm={() => approval.mutate(seen, { onSuccess: close })}
          onClose={close}
        >
          <InvoiceInBrief invoice={seen} />
          <BelowCostNotice invoice={seen} />
          {isChanged(approval.error) && <p>Close this, look at its lines again, and approve it then.</p>}
          <p>
            You approve exactly these lines and {formatMoney(seen.totalMinor, seen.currency)}. If anything changes
            before it is posted, it needs your approval again.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
};

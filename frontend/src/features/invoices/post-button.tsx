import type { InvoiceDetail } from '@legendops/billing/contract';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useMay } from '../../lib/session.ts';
import { usePosting } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const postable: ReadonlySet<InvoiceDetail['status']> = new Set(['approved', 'failed']);

export const PostButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const may = useMay('invoice.post');
  const [open, setOpen] = useState(false);
  const posting = usePosting();
  const close = () => {
    setOpen(false);
    posting.reset();
  };
  if (!may || (!postable.has(invoice.status) && !open)) return null;
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Send aria-hidden />
        Post to QuickBooks
      </Button>
      {open && (
        <ConfirmDialog
          title="Post to QuickBooks?"
          confirm="Post invoice"
          act={posting}
          onConfirm={() => posting.mutate(invoice, { onSuccess: close })}
          onClose={close}
        >
          <InvoiceInBrief invoice={invoice} />
          <p>It will be in QuickBooks once; it cannot be changed here afterwards.</p>
        </ConfirmDialog>
      )}
    </>
  );
};

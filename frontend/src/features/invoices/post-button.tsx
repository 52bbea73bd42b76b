import type { InvoiceDetail } from '@legendops/billing/contract';
import { Send } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { useMay } from '../../lib/session.ts';
import { usePosting } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

const postable: ReadonlySet<InvoiceDetail['status']> = new Set(['approved', 'failed']);

export const PostButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const may = useMay('invoice.post');
  const posting = usePosting();
  if (!may) return null;
  return (
    <AskFirst
      subject={invoice}
      offered={postable.has(invoice.status)}
      act={posting}
      look="primary"
      renderQuestion={(seen) => ({
        title: 'Post to QuickBooks?',
        confirm: 'Post invoice',
        body: (
          <>
            <InvoiceInBrief invoice={seen} />
            <p>It will be in QuickBooks once; it cannot be changed here afterwards.</p>
          </>
        ),
      })}
    >
      <Send aria-hidden />
      Post to QuickBooks
    </AskFirst>
  );
};

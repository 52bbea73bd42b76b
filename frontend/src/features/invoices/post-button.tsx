import type { InvoiceDetail } from '@legendops/billing/contract';
import { Send } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { usePosting } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

export const PostButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const posting = usePosting();
  return (
    <AskFirst
      subject={invoice}
      offered={invoice.acts.post.may}
      act={posting}
      look="primary"
      renderQuestion={(seen) => ({
        title: 'Post to QuickBooks?',
        confirm: seen.kind === 'credit-memo' ? 'Post credit memo' : 'Post invoice',
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

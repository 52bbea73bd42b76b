import type { InvoiceDetail } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import { InvoiceState } from '../../components/invoice-state.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { formatPeriod } from '../../lib/calendar.ts';
import { invoiceById } from '../../lib/queries/invoices.ts';
import { useMay } from '../../lib/session.ts';
import { ApproveButton } from './approve-button.tsx';
import { BookEntryActs, BookEntryPanel } from './book-entry-panel.tsx';
import { BelowCostNotice } from './below-cost-notice.tsx';
import { DecisionNotice } from './decision-notice.tsx';
import { DraftButtons } from './draft-buttons.tsx';
import { AddLine } from './edit-line.tsx';
import { InvoiceFacts } from './invoice-facts.tsx';
import { InvoiceLastAct } from './invoice-last-act.tsx';
import { InvoiceLines } from './invoice-lines.tsx';
import { PostButton } from './post-button.tsx';
import { PostHereTooButton } from './post-here-too.tsx';
import { SaveButtons } from './save-buttons.tsx';
import { SettleButton } from './settle-button.tsx';
import { PostingNotice } from './posting-notice.tsx';

export const InvoicePage = ({ invoiceId }: { invoiceId: string }) => (
  <PageView query={useQuery(invoiceById(invoiceId))} title="Invoice">
    {(invoice) => <InvoiceView invoice={invoice} />}
  </PageView>
);

const InvoiceView = ({ invoice }: { invoice: InvoiceDetail }) => {
  // How it stands at QuickBooks is the provider's business, not that of the customer.
  const seesPosting = useMay('posting.read');
  const mayAudit = useMay('audit.read');
  return (
    <Page
      title={`${invoice.kind === 'credit-memo' ? 'Credit memo' : 'Invoice'} for ${invoice.customerName}`}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/invoices">Back to list</BackLink>
          <InvoiceState status={invoice.status} />
          {formatPeriod(invoice.periodStart, invoice.periodEnd)}
          {mayAudit && invoice.status !== 'draft' && <InvoiceLastAct invoice={invoice} />}
        </span>
      }
      actions={
        <>
          <SaveButtons invoice={invoice} />
          <DraftButtons invoice={invoice} />
          <ApproveButton invoice={invoice} />
          <PostButton invoice={invoice} />
          <PostHereTooButton invoice={invoice} />
          <SettleButton invoice={invoice} />
          {seesPosting && <BookEntryActs invoice={invoice} />}
        </>
      }
    >
      <DecisionNotice invoice={invoice} />
      {seesPosting && <PostingNotice invoice={invoice} />}
      {seesPosting && <BookEntryPanel invoice={invoice} />}
      {invoice.status === 'draft' && <BelowCostNotice invoice={invoice} />}
      <InvoiceFacts invoice={invoice} />
      <InvoiceLines invoice={invoice} />
      <div className="empty:hidden">
        <AddLine invoice={invoice} />
      </div>
    </Page>
  );
};

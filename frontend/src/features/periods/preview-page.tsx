import type { PeriodPreview } from '@legendops/billing/period/contract';
import { useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { BackLink } from '../../components/back-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { moneyWords } from '../../lib/money.ts';
import { previewOf } from '../../lib/queries/periods.ts';
import { PreviewedInvoice } from './previewed-invoice.tsx';

/** What the run of a month would draft now: nothing of it is written. */
export const PreviewPage = ({ period }: { period: string }) => (
  <PageView query={useQuery(previewOf(period))} title={`Preview of ${formatMonth(period)}`}>
    {(preview) => <Preview period={period} preview={preview} />}
  </PageView>
);

const Preview = ({
  period,
  preview: { data, totals, unbilled, approved },
}: {
  period: string;
  preview: PeriodPreview;
}) => (
  <Page
    title={`Preview of ${formatMonth(period)}`}
    about={
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <BackLink to="/periods">Back to periods</BackLink>
        What its run would draft now. Corrections of other months come on top of it.
      </span>
    }
  >
    <dl className="grid grid-cols-1 gap-x-6 gap-y-4 rounded-lg border border-line bg-surface px-4 py-3.5 sm:grid-cols-3">
      <div>
        <dt className="text-caption text-muted">Drafts</dt>
        <dd className="text-lead font-semibold">
          {data.length} {totals.length > 0 && `for ${moneyWords(totals)}`}
        </dd>
      </div>
      <div>
        <dt className="text-caption text-muted">Found and not billed</dt>
        <dd>
          {unbilled.count === 0 ? (
            'Nothing'
          ) : (
            <TextLink to="/exceptions">
              {unbilled.count} {unbilled.totals.length > 0 && `for ${moneyWords(unbilled.totals)}`}
            </TextLink>
          )}
        </dd>
      </div>
      <div>
        <dt className="text-caption text-muted">Approved already, and left as they are</dt>
        <dd>{approved}</dd>
      </div>
    </dl>
    {data.length === 0 ? (
      <EmptyState icon={ReceiptText} title="Nothing to draft">
        No customer has anything to pay for this month, or all of it is approved already.
      </EmptyState>
    ) : (
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {data.map((invoice) => (
          <PreviewedInvoice key={invoice.customerId} period={period} invoice={invoice} />
        ))}
      </ul>
    )}
  </Page>
);

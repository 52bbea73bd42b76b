import type { FormerState, SubscriptionHistory } from '@legendops/billing/evidence/contract';
import { useQuery } from '@tanstack/react-query';
import { BackLink } from '../../components/back-link.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatPrice, formatQuantity } from '../../lib/money.ts';
import { historyOf } from '../../lib/queries/evidence.ts';
import { PricedTerms } from './priced-terms.tsx';

/** One subscription at Pax8: its life, with the prices in force and the orders behind it. */
export const SubscriptionPage = ({ subscriptionId }: { subscriptionId: string }) => (
  <PageView query={useQuery(historyOf(subscriptionId))} title="Subscription">
    {(history) => <HistoryView history={history} />}
  </PageView>
);

const commitmentWords = ({ commitment }: SubscriptionHistory): string => {
  if (commitment === null) return 'No commitment that Pax8 names';
  const { term, endDate } = commitment;
  return [
    `Committed${term === null ? '' : ` for ${term}`}`,
    ...(endDate === null ? [] : [`until ${formatDate(endDate)}`]),
  ].join(' ');
};

const HistoryView = ({ history }: { history: SubscriptionHistory }) => {
  const { customerId, customerName, productId, productName, currency, startDate, endDate, terms, formerStates } =
    history;
  return (
    <Page
      title={productName}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/usage">Back to usage</BackLink>
          {customerId === null ? (
            customerName
          ) : (
            <TextLink to="/customers/$customerId" params={{ customerId }}>
              {customerName}
            </TextLink>
          )}
          <span>
            Started {formatDate(startDate)}
            {endDate !== null && `, ends ${formatDate(endDate)}`}
          </span>
          <span>{commitmentWords(history)}</span>
        </span>
      }
      actions={
        <TextLink to="/prices/$productId" params={{ productId }}>
          Price list of Pax8
        </TextLink>
      }
    >
      <Section
        title="Priced terms"
        about="What held from when to when, as it was listed each night, with the price for one unit that your price rules make of it."
      >
        <PricedTerms terms={terms} currency={currency} />
      </Section>
      {formerStates.length > 0 && (
        <Section title="History at Pax8" about="What Pax8 itself remembers of it, also from before it was read here.">
          <DataTable caption="History at Pax8" columns={columns(currency)} rows={formerStates} />
        </Section>
      )}
    </Page>
  );
};

const columns = (currency: string): Column<FormerState>[] => [
  {
    name: 'Changed',
    cell: ({ changedOn }) =>
      changedOn === null ? <span className="text-muted">not known</span> : formatDate(changedOn),
  },
  { name: 'Status', cell: ({ status }) => status },
  { name: 'Term', from: 'sm', cell: ({ billingTerm }) => billingTerm },
  { name: 'Ends', from: 'md', cell: ({ endDate }) => endDate !== null && formatDate(endDate) },
  { name: 'Quantity', align: 'end', cell: ({ quantity }) => formatQuantity(quantity) },
  {
    name: 'Cost at Pax8',
    align: 'end',
    cell: ({ unitCost }) =>
      unitCost === null ? <span className="text-muted">not known</span> : formatPrice(unitCost, currency),
  },
];

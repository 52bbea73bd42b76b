import type { ShadowLine, ShadowOutcome, ShadowRun } from '@legendops/billing/shadow-run/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/fields.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate, formatMonth } from '../../lib/calendar.ts';
import { formatMoney, moneyWords } from '../../lib/money.ts';
import { shadowLinePages } from '../../lib/queries/shadow-runs.ts';
import { outcomes, OutcomeState, pairedWords, shadowOutcomes } from './outcome-state.tsx';

const Side = ({ words, minor, currency }: { words: string; minor: string; currency: string }) => (
  <>
    <span className="whitespace-nowrap">{formatMoney(minor, currency)}</span>
    <span className="block text-caption text-muted wrap-anywhere">{words}</span>
  </>
);

const numberWords = ({ kind, docNumber }: NonNullable<ShadowLine['theirs']>): string =>
  kind === 'credit-memo' ? `Credit memo ${docNumber}`.trim() : docNumber;

const columns: Column<ShadowLine>[] = [
  {
    name: 'Customer',
    cell: ({ customerName, outcome }) => (
      <>
        {customerName}
        <span className="block sm:hidden">
          <OutcomeState outcome={outcome} />
        </span>
      </>
    ),
  },
  {
    name: 'Outcome',
    from: 'sm',
    cell: ({ outcome, pairedBy }) => (
      <>
        <OutcomeState outcome={outcome} />
        {pairedBy !== null && <span className="block text-caption text-muted">{pairedWords[pairedBy]}</span>}
      </>
    ),
  },
  {
    name: 'Rated here',
    cell: ({ ours, currency }) =>
      ours === null ? '–' : <Side words={ours.description} minor={ours.amountMinor} currency={currency} />,
  },
  {
    name: 'In QuickBooks',
    cell: ({ theirs, currency }) =>
      theirs === null ? (
        '–'
      ) : (
        <Side
          words={[numberWords(theirs), theirs.description].filter(Boolean).join(', ')}
          minor={theirs.amountMinor}
          currency={currency}
        />
      ),
  },
];

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

/** What was compared with nothing, so that nobody takes it for compared. */
const leftOut = ({ unlinked, unrated, otherInvoices }: ShadowRun): string[] => [
  ...(unlinked.customers > 0
    ? [
        `${counted(unlinked.customers, 'One customer is', 'customers are')} not linked to QuickBooks (${moneyWords(unlinked.totals)}).`,
      ]
    : []),
  ...(unrated.count > 0
    ? [
        `${counted(unrated.count, 'One thing', 'things')} could not be rated${unrated.totals.length > 0 ? ` (${moneyWords(unrated.totals)})` : ''}.`,
      ]
    : []),
  ...(otherInvoices > 0
    ? [
        `${counted(otherInvoices, 'One invoice or credit memo there is', 'invoices and credit memos there are')} for nobody who is linked here.`,
      ]
    : []),
];

interface ShadowRunLinesProps {
  run: ShadowRun;
  outcome: ShadowOutcome | undefined;
  onOutcome: (outcome: ShadowOutcome | undefined) => void;
}

/** One shadow run: its sums, and line by line what differs first. */
export const ShadowRunLines = ({ run, outcome, onOutcome }: ShadowRunLinesProps) => {
  const notCompared = leftOut(run);
  return (
    <Section
      title={formatMonth(run.period)}
      about={`Invoices and credit memos dated ${formatDate(run.datedFrom)} to ${formatDate(run.datedTo)}, ${counted(run.customers, 'one customer', 'customers')} compared.`}
    >
      <ul aria-label="Outcomes">
        {run.outcomes.map((sum) => (
          <li key={`${sum.outcome} ${sum.currency}`} className="flex flex-wrap gap-x-2 py-0.5">
            <OutcomeState outcome={sum.outcome} />
            <span>
              {sum.count}: {formatMoney(sum.ourMinor, sum.currency)} here, {formatMoney(sum.theirMinor, sum.currency)}{' '}
              in QuickBooks
            </span>
          </li>
        ))}
      </ul>
      {notCompared.length > 0 && <p className="text-muted">Not compared: {notCompared.join(' ')}</p>}
      <div className="flex">
        <SelectField
          label="Outcome"
          value={outcome ?? ''}
          onChange={({ currentTarget: { value } }) => onOutcome(shadowOutcomes.find((one) => one === value))}
        >
          <option value="">All</option>
          {shadowOutcomes.map((one) => (
            <option key={one} value={one}>
              {outcomes[one].word}
            </option>
          ))}
        </SelectField>
      </div>
      <ListView query={useInfiniteQuery(shadowLinePages(run.id, outcome))} empty={<NoLines />}>
        {(rows) => <DataTable caption="Lines, compared" columns={columns} rows={rows} />}
      </ListView>
    </Section>
  );
};

const NoLines = () => (
  <EmptyState icon={CircleCheckBig} title="No line of this kind">
    Customers are compared once they are linked to QuickBooks.
  </EmptyState>
);

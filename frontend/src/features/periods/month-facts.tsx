import type { BilledPeriod } from '@legendops/billing/period/contract';
import { invoiceStates } from '../../components/invoice-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { moneyWords } from '../../lib/money.ts';
import { useMe } from '../../lib/session.ts';

/** The invoices of a month by how they stand, each with its money. */
export const MonthInvoices = ({ month: { invoices, held } }: { month: BilledPeriod }) => (
  <ul>
    {invoices.map(({ status, count, totals }) => (
      <li key={status}>
        <TextLink to="/invoices" search={{ status }}>
          {count} {invoiceStates[status].word.toLowerCase()}
        </TextLink>
        <span className="text-muted">, {moneyWords(totals)}</span>
      </li>
    ))}
    {held.count > 0 && (
      <li className="text-muted">
        {held.count} held, {moneyWords(held.totals)}
      </li>
    )}
  </ul>
);

/** What a month lacks or leaves, and the one next step. */
export const MonthWork = ({ month }: { month: BilledPeriod }) => {
  const { unbilled, leftOpen, skipped, missing, nextStep } = month;
  const { timeZone } = useMe().tenant;
  return (
    <div className="max-w-md text-pretty">
      {missing !== null && <p className="text-muted">{missing}</p>}
      {skipped !== null && (
        <p className="text-muted">
          Skipped on {formatInstant(skipped.at, timeZone)}: <bdi>{skipped.reason}</bdi>
        </p>
      )}
      {leftOpen.length > 0 && <p>{moneyWords(leftOpen)} left unbilled</p>}
      {month.state === 'run' && unbilled.count > 0 && (
        <p>
          {unbilled.count === 1 ? 'One thing' : `${unbilled.count} things`} not billed
          {unbilled.totals.length > 0 && <span className="text-muted">, {moneyWords(unbilled.totals)}</span>}
        </p>
      )}
      {nextStep !== null && (
        <p>
          <span className="text-muted">Next step: </span>
          {nextStep}
        </p>
      )}
    </div>
  );
};

import type { ExceptionWork } from '@legendops/billing/worklist/contract';
import { TextLink } from '../../components/text-link.tsx';
import { ExceptionItem, type WithTickets } from './exception-item.tsx';
import { moneyWords } from '../../lib/money.ts';
import { WorkGroup } from './work-group.tsx';

/** What they have in common, how many they are, and how much. */
export const howMany = ({ count, customers, totals, isBilled }: ExceptionWork): string =>
  [
    isBilled ? 'Billed, but to be checked' : 'Not billed',
    count === 1 ? 'one thing' : `${count} things`,
    customers > 1 ? `${customers} customers` : undefined,
    totals.length > 0 ? moneyWords(totals) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');

/** The exceptions of one cause: how many, how much, those with the most money, and the way to all. */
export const ExceptionGroup = ({ work, renderTicket }: { work: ExceptionWork } & WithTickets) => (
  <WorkGroup
    title={work.title}
    about={howMany(work)}
    footer={
      work.count > work.largest.length && (
        <p>
          <TextLink to="/exceptions" search={{ code: work.code }}>
            All {work.count}
          </TextLink>
          <span className="text-muted"> (those with the most money are shown here)</span>
        </p>
      )
    }
  >
    {work.largest.map((exception) => (
      <ExceptionItem key={exception.id} exception={exception} renderTicket={renderTicket} />
    ))}
  </WorkGroup>
);

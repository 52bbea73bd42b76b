import type { SeatPushLine } from '@legendops/portal/seat-push/contract';
import { CircleCheckBig } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { LineState } from './push-state.tsx';

const Why = ({ reason, nextStep }: Pick<SeatPushLine, 'reason' | 'nextStep'>) =>
  reason === null ? null : (
    <span className="block text-caption text-pretty text-muted">
      {reason}. {nextStep}
    </span>
  );

const How = (line: SeatPushLine) => (
  <>
    <LineState state={line.state} />
    <Why {...line} />
  </>
);

/** A day that is not of the month is no mistake. */
const From = ({ effectiveOn, isOfLaterMonth }: SeatPushLine) => (
  <>
    {formatDate(effectiveOn)}
    {isOfLaterMonth && <span className="block text-caption text-muted">Of a later month</span>}
  </>
);

const columns: Column<SeatPushLine>[] = [
  {
    name: 'Customer and product',
    cell: (line) => (
      <>
        <TextLink to="/customers/$customerId" params={{ customerId: line.customerId }}>
          {line.customerName}
        </TextLink>
        <span className="block wrap-anywhere">{line.products}</span>
        {line.contractName !== null && (
          <span className="block text-caption text-muted wrap-anywhere">Contract {line.contractName}</span>
        )}
        <span className="block sm:hidden">
          <span className="block text-caption text-muted">
            From <From {...line} />
          </span>
          <How {...line} />
        </span>
      </>
    ),
  },
  { name: 'From', from: 'sm', cell: (line) => <From {...line} /> },
  { name: 'In SuperOps', align: 'end', cell: ({ before }) => before ?? '–' },
  { name: 'At Pax8', align: 'end', cell: ({ quantity }) => quantity },
  { name: 'State', from: 'sm', cell: (line) => <How {...line} /> },
];

/** What is to be changed, what was, and what keeps the others from it. */
export const PushLines = ({ lines }: { lines: SeatPushLine[] }) =>
  lines.length === 0 ? (
    <EmptyState icon={CircleCheckBig} title="Nothing differs">
      Every contract has what Pax8 has. Seats that change are found after the next night.
    </EmptyState>
  ) : (
    <DataTable caption="Seats at Pax8 and contracts in SuperOps" columns={columns} rows={lines} />
  );

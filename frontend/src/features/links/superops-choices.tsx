import type { SuperOpsChoice, SuperOpsChoices as Choices } from '@legendops/billing/second-biller/contract';
import { useQuery } from '@tanstack/react-query';
import { AskFirst } from '../../components/ask-first.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { formatMonth } from '../../lib/calendar.ts';
import { superOpsChoices, superOpsChoicesPath } from '../../lib/queries/superops-choices.ts';

const readAgain = () => void refresh(superOpsChoicesPath);

const remove: ActKind<SuperOpsChoice, void> = {
  request: ({ id }) => ({ method: 'DELETE', path: `${superOpsChoicesPath}/${id}` }),
  answer: null,
  done: readAgain,
  refused: readAgain,
};

/** Customers that are invoiced here although SuperOps invoices them: nothing where a person has said so of nobody. */
export const SuperOpsChoices = () => {
  const { data } = useQuery(superOpsChoices);
  if (data === undefined || data.data.length === 0) return null;
  return (
    <Section
      title="Invoiced by SuperOps, too"
      about="These are posted here although SuperOps invoices them: the two bill different things."
    >
      <DataTable caption="Customers that SuperOps invoices, too" columns={columnsFor(data.acts)} rows={data.data} />
    </Section>
  );
};

const monthsOf = ({ period }: SuperOpsChoice): string => (period === null ? 'every month' : formatMonth(period));

const Remove = ({ choice }: { choice: SuperOpsChoice }) => (
  <AskFirst
    subject={choice}
    act={useAct(remove)}
    look="quiet"
    label={`Take back: ${choice.customerName}, ${monthsOf(choice)}`}
    renderQuestion={(seen) => ({
      title: 'Take this back?',
      confirm: 'Take back',
      body: (
        <p>
          The next invoice for <strong>{seen.customerName}</strong> waits again where SuperOps invoices the same month.
        </p>
      ),
    })}
  >
    Take back
  </AskFirst>
);

const columnsFor = ({ remove: may }: Choices['acts']): Column<SuperOpsChoice>[] => [
  {
    name: 'Customer',
    cell: ({ customerId, customerName }) => (
      <TextLink to="/customers/$customerId" params={{ customerId }}>
        {customerName}
      </TextLink>
    ),
  },
  { name: 'Months', cell: monthsOf },
  { name: 'Acts', nameless: true, align: 'end', cell: (choice) => may.may && <Remove choice={choice} /> },
];

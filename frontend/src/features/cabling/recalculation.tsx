import type { CablingDesign, Recalculation as Compared } from '@legendops/catalog/cabling-design/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatMoney } from '../../lib/money.ts';
import { recalculationOf } from '../../lib/queries/cabling.ts';
import { useComputeAnew } from './design-acts.ts';

/** The design says what it said when it was saved. What it would say today is shown first, and taken over when somebody says so. */
export const Recalculation = ({ design }: { design: CablingDesign }) => {
  const [asked, setAsked] = useState<number | null>(null);
  const isAsked = asked === design.version;
  return (
    <Section
      title="As it was saved"
      about="Figures and prices stay as they were computed then, whatever calculators and prices become."
      actions={<Button onClick={() => setAsked(design.version)}>Check against today</Button>}
    >
      {design.newer.length > 0 && (
        <Notice tone="info" title="There are newer calculators">
          {design.newer.map(({ id, from, to }) => `${id}: version ${from}, by now ${to}`).join('; ')}. Press “Check
          against today” to see what they change here.
        </Notice>
      )}
      {isAsked && <Comparison design={design} />}
    </Section>
  );
};

const Comparison = ({ design }: { design: CablingDesign }) => {
  const computing = useComputeAnew();
  return (
    <>
      <QueryView query={useQuery(recalculationOf(design.id, design.version))}>
        {(compared) =>
          compared.isSame ? (
            <Notice tone="ok" title="Today it computes to the same" />
          ) : (
            <>
              <Differences compared={compared} currency={design.bill.currency} />
              <div>
                <Button look="primary" pending={computing.pending} onClick={() => computing.run({ design })}>
                  Take today’s figures
                </Button>
              </div>
            </>
          )
        }
      </QueryView>
      <ActProblem error={computing.error} />
    </>
  );
};

interface DifferencesProps {
  compared: Compared;
  currency: string | null;
}

const Differences = ({ compared: { differences, further }, currency }: DifferencesProps) =>
  differences.length === 0 ? (
    <p>The newer versions change no figure of this design.</p>
  ) : (
    <>
      <DataTable
        caption="What would change"
        columns={columns}
        rows={differences.map((one, index) => ({ ...one, currency, id: String(index) }))}
      />
      {further > 0 && <p className="text-muted">And {further} more.</p>}
    </>
  );

type Row = Compared['differences'][number] & { id: string; currency: string | null };

/** What a bill's fields are called; figures of calculators keep their names, which their reference has, too. */
const billWords: Readonly<Record<string, string>> = {
  amountMinor: 'Amount',
  unitPriceMinor: 'Price a unit',
  totalMinor: 'Total',
  missing: 'Lines without an amount',
  problem: 'Problem',
  needed: 'Needed',
  quantity: 'To order',
  packages: 'Packages',
  packSize: 'Units in a package',
  name: 'Name',
  sku: 'SKU',
  unit: 'Unit',
  priceList: 'Price list',
  currency: 'Currency',
};

const shown = ({ field, currency }: Row, text: string | null): string => {
  if (text === null) return 'Nothing';
  return currency !== null && /^(amount|unitPrice|total)Minor$/.test(field) ? formatMoney(text, currency) : text;
};

const columns: Column<Row>[] = [
  {
    name: 'Of',
    cell: ({ about, of, fromVersion, toVersion }) => (
      <>
        {about}
        <span className="block text-caption text-muted">
          {of}
          {fromVersion !== toVersion && `, version ${fromVersion ?? 'none'} to ${toVersion ?? 'none'}`}
        </span>
      </>
    ),
  },
  { name: 'Figure', cell: ({ of, field }) => (of === 'bill' ? (billWords[field] ?? field) : field) },
  { name: 'Saved', align: 'end', cell: (row) => shown(row, row.before) },
  { name: 'Today', align: 'end', cell: (row) => shown(row, row.after) },
];

import type { BillLine, CablingDesign } from '@legendops/catalog/cabling-design/contract';
import type { Part } from '@legendops/catalog/cabling-content/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { PartDialog } from './part-dialog.tsx';
import { RemoveThing } from './remove-thing.tsx';

interface BillSectionProps {
  design: CablingDesign;
  mayWrite: boolean;
  /** Whether the reader is to see what it costs. */
  isPriced: boolean;
}

type BillRow = BillLine & { id: string; currency: string | null; parts: readonly Part[]; isLinked: boolean };

/** What to order, in whole packages, and what it costs. */
export const BillSection = ({ design, mayWrite, isPriced }: BillSectionProps) => {
  const [open, setOpen] = useState(false);
  const { lines, currency, priceList, pricesOn } = design.bill;
  const rows: BillRow[] = lines.map((line) => ({
    ...line,
    id: `${line.productId} ${design.version}`,
    currency,
    // To a customer's people a design shows products whose own pages it does not.
    isLinked: isPriced && line.name !== '',
    parts: design.content.parts.filter(({ productId }) => productId === line.productId),
  }));
  const removal: Column<BillRow> = {
    name: 'Acts',
    nameless: true,
    align: 'end',
    cell: ({ parts, name, productId }) =>
      parts.map(({ key }) => (
        <RemoveThing key={key} design={design} list="parts" thing={key} name={`part ${name || productId}`} />
      )),
  };
  return (
    <Section
      title="Bill of materials"
      about={
        isPriced && priceList !== null && `Prices of “${priceList}” on ${formatDate(pricesOn)}, kept as they were then.`
      }
      actions={
        mayWrite && (
          <Button onClick={() => setOpen(true)}>
            <Plus aria-hidden />
            Add part
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="text-muted">Nothing to order: no link, pathway or part names a product of the catalog.</p>
      ) : (
        <DataTable
          caption="Bill of materials"
          columns={[...lineColumns, ...(isPriced ? priceColumns : []), ...(mayWrite ? [removal] : [])]}
          rows={rows}
        />
      )}
      {isPriced && rows.length > 0 && <Total design={design} />}
      {open && <PartDialog design={design} onClose={() => setOpen(false)} />}
    </Section>
  );
};

const Total = ({ design: { bill } }: { design: CablingDesign }) => (
  <p className="text-right text-lead font-semibold tabular-nums">
    {bill.totalMinor === null || bill.currency === null
      ? `Total not known: ${bill.missing} ${bill.missing === 1 ? 'line has' : 'lines have'} no amount`
      : `Total ${formatMoney(bill.totalMinor, bill.currency)}`}
  </p>
);

const quantityWords = ({ quantity, unit, packSize, packages }: BillLine): string => {
  if (quantity === null) return 'Not known';
  return packSize === 1 ? `${formatFigure(quantity)} ${unit}` : `${packages} × ${packSize} ${unit}`;
};

const lineColumns: Column<BillRow>[] = [
  {
    name: 'Product',
    cell: ({ productId, name, sku, uses, problem, isLinked }) => (
      <>
        {isLinked ? (
          <TextLink to="/products/$productId" params={{ productId }}>
            {name}
          </TextLink>
        ) : (
          <span className="font-medium">{name === '' ? 'A product that is gone' : name}</span>
        )}
        <span className="block text-caption text-muted">{[sku, ...uses].filter((one) => one !== '').join(' · ')}</span>
        {problem !== null && <span className="block text-caption text-bad">{problem}</span>}
      </>
    ),
  },
  {
    name: 'Needed',
    align: 'end',
    from: 'md',
    cell: ({ needed, unit }) => (needed === null ? '' : `${formatFigure(needed)} ${unit}`),
  },
  { name: 'To order', align: 'end', cell: quantityWords },
];

const amount = (minor: string | null, currency: string | null): string =>
  minor === null || currency === null ? 'Not known' : formatMoney(minor, currency);

const priceColumns: Column<BillRow>[] = [
  {
    name: 'Price a unit',
    align: 'end',
    from: 'sm',
    cell: ({ unitPriceMinor, currency }) => amount(unitPriceMinor, currency),
  },
  { name: 'Amount', align: 'end', cell: ({ amountMinor, currency }) => amount(amountMinor, currency) },
];

import type { BaseProduct } from '@legendops/catalog/base-catalog/contract';
import { BaseField, type Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { Equal, Library, PencilLine } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { Status } from '../../components/status.tsx';
import { baseMatchOf } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { useAdopt } from './base-acts.ts';
import { fieldWords, wordsOf } from './base-field-words.ts';

interface FieldRow {
  id: BaseField;
  here: string;
  base: string;
}

const columns: Column<FieldRow>[] = [
  { name: 'Field', cell: ({ id }) => fieldWords[id] },
  { name: 'Here', cell: ({ here }) => <span className="line-clamp-4 wrap-anywhere">{here}</span> },
  { name: 'In the base catalog', cell: ({ base }) => <span className="line-clamp-4 wrap-anywhere">{base}</span> },
  {
    name: 'State',
    from: 'sm',
    cell: ({ here, base }) =>
      here === base ? (
        <Status tone="ok" icon={Equal}>
          Would follow
        </Status>
      ) : (
        <Status tone="warn" icon={PencilLine}>
          Stays your own
        </Status>
      ),
  },
];

/** An own product that the base catalog has as well: what differs, and the way to follow it. Nothing where it has none. */
export const ProductBaseMatch = ({ product }: { product: Product }) => {
  const { data: base } = useQuery(baseMatchOf(product.id));
  return base == null ? null : <Match product={product} base={base} />;
};

const Match = ({ product, base }: { product: Product; base: BaseProduct }) => {
  const mayWrite = useMay('product.write');
  const adopting = useAdopt();
  return (
    <Section
      title="Also in the base catalog"
      about="If yours follows it, what differs stays your own until you take it back."
      actions={
        mayWrite && (
          <Button pending={adopting.pending} onClick={() => adopting.run({ product, key: base.key })}>
            {!adopting.pending && <Library aria-hidden />}
            Adopt into base catalog
          </Button>
        )
      }
    >
      <ActProblem error={adopting.error} />
      <DataTable
        caption="Differences from the base catalog"
        columns={columns}
        rows={BaseField.options.map((field) => ({
          id: field,
          here: wordsOf(field, product),
          base: wordsOf(field, base),
        }))}
      />
    </Section>
  );
};

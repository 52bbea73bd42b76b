import type { BaseProduct } from '@legendops/catalog/base-catalog/contract';
import { BaseField, type Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { Link2, PencilLine, Unlink } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Section } from '../../components/section.tsx';
import { TableSkeleton } from '../../components/skeleton.tsx';
import { Status } from '../../components/status.tsx';
import { isRefusal } from '../../lib/problem.ts';
import { baseProductByKey } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { useLetGo, useTakeBack } from './base-acts.ts';
import { fieldWords, wordsOf } from './base-field-words.ts';

interface FieldRow {
  id: BaseField;
  here: string;
  base: string;
  isOwn: boolean;
  /** Takes it back, where the person may. */
  onTakeBack: (() => void) | undefined;
}

const columns: Column<FieldRow>[] = [
  {
    name: 'Field',
    cell: ({ id, here, base }) => (
      <>
        {fieldWords[id]}
        {/* What has columns of its own where there is room. */}
        <span className="text-caption text-muted sm:hidden">
          <span className="line-clamp-3 wrap-anywhere">{here}</span>
          {here !== base && <span className="line-clamp-3 wrap-anywhere">Base: {base}</span>}
        </span>
      </>
    ),
  },
  { name: 'Here', from: 'sm', cell: ({ here }) => <span className="line-clamp-2 wrap-anywhere">{here}</span> },
  {
    name: 'In the base catalog',
    from: 'sm',
    cell: ({ base }) => <span className="line-clamp-2 wrap-anywhere">{base}</span>,
  },
  { name: 'State', cell: (row) => <FieldState {...row} /> },
  {
    name: 'Act',
    nameless: true,
    cell: ({ id, onTakeBack }) =>
      onTakeBack && (
        <Button look="quiet" aria-label={`Take back ${fieldWords[id]}`} onClick={onTakeBack}>
          Take back
        </Button>
      ),
  },
];

const FieldState = ({ isOwn, here, base }: FieldRow) => {
  if (isOwn)
    return (
      <Status tone="warn" icon={PencilLine}>
        Your own
      </Status>
    );
  return here === base ? (
    <Status tone="ok" icon={Link2}>
      Follows
    </Status>
  ) : (
    <Status tone="quiet" icon={Unlink}>
      Behind
    </Status>
  );
};

/** What of it follows the base catalog, and what is the provider's own. */
export const ProductBase = ({ product, baseKey }: { product: Product; baseKey: string }) => {
  const { data: base, error, isPending, refetch } = useQuery(baseProductByKey(baseKey));
  const mayWrite = useMay('product.write');
  const lettingGo = useLetGo();
  return (
    <Section
      title="From the base catalog"
      actions={
        mayWrite && (
          <Button pending={lettingGo.pending} onClick={() => lettingGo.run({ product })}>
            {!lettingGo.pending && <Unlink aria-hidden />}
            Stop following
          </Button>
        )
      }
      about="What you have not changed follows the platform. Taken back, a field says what the base catalog does."
    >
      <ActProblem error={lettingGo.error} />
      {isPending && <TableSkeleton />}
      {error !== null && base === undefined && isRefusal(error) && (
        <Notice tone="warn" title="It is not in the base catalog here">
          {`There is no ${baseKey} in it. The product stays as it is, and follows once there is.`}
        </Notice>
      )}
      {error !== null && base === undefined && !isRefusal(error) && <ProblemNotice error={error} onRetry={refetch} />}
      {base !== undefined && <BaseFields product={product} base={base} />}
    </Section>
  );
};

const BaseFields = ({ product, base }: { product: Product; base: BaseProduct }) => {
  const mayWrite = useMay('product.write');
  const takingBack = useTakeBack();
  const rows = BaseField.options.map((field): FieldRow => {
    const isOwn = product.base?.ownFields.includes(field) === true;
    return {
      id: field,
      here: wordsOf(field, product),
      base: wordsOf(field, base),
      isOwn,
      onTakeBack: isOwn && mayWrite ? () => takingBack.run({ product, field }) : undefined,
    };
  });
  return (
    <>
      {base.retiredAt !== null && (
        <Notice tone="warn" title="It was retired from the base catalog">
          The platform keeps it no longer. Yours stays as it is, and nobody can add it anew.
        </Notice>
      )}
      <ActProblem error={takingBack.error} />
      <DataTable caption="Fields of the base catalog" columns={columns} rows={rows} />
    </>
  );
};

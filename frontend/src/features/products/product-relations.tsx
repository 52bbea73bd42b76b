import type { Product } from '@legendops/catalog/contract';
import type { ProductRelations as Relations, Relation } from '@legendops/catalog/relation/contract';
import { useQuery } from '@tanstack/react-query';
import { Unlink } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { relationsOf } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { NewRelationButton } from './new-relation.tsx';
import { useRemoveRelation } from './product-acts.ts';
import { LifecycleState, relationWords } from './product-words.tsx';

/** What a product has to do with others. */
export const ProductRelations = ({ product }: { product: Product }) => {
  const mayWrite = useMay('product.write');
  return (
    <Section title="Related products" actions={mayWrite && <NewRelationButton product={product} />}>
      <QueryView query={useQuery(relationsOf(product.id))}>
        {(relations) => (
          <>
            <Successor relations={relations} />
            {relations.data.length === 0 ? (
              <p className="text-muted">It has nothing to do with other products.</p>
            ) : (
              <DataTable
                caption="Related products"
                columns={mayWrite ? [...columns, removalOf(product)] : columns}
                rows={relations.data}
              />
            )}
            <Required relations={relations} />
          </>
        )}
      </QueryView>
    </Section>
  );
};

const ProductLink = ({ id, name }: { id: string; name: string }) => (
  <TextLink to="/products/$productId" params={{ productId: id }}>
    {name}
  </TextLink>
);

const Successor = ({ relations: { newest } }: { relations: Relations }) =>
  newest !== null && (
    <Notice tone="info" title="There is a newer one">
      <ProductLink {...newest} /> has taken its place.
    </Notice>
  );

const directlyRequired = ({ data }: Relations): number =>
  data.filter(({ kind, direction }) => kind === 'requires' && direction === 'to').length;

const Required = ({ relations }: { relations: Relations }) =>
  relations.required.length > directlyRequired(relations) && (
    <p>
      All that it requires, with what that requires in turn:{' '}
      {relations.required.map(({ product, quantity }, index) => (
        <span key={product.id}>
          {index > 0 && ', '}
          {quantity} × <ProductLink {...product} />
        </span>
      ))}
    </p>
  );

const columns: Column<Relation>[] = [
  { name: 'Relation', cell: ({ kind, direction }) => relationWords[kind][direction] },
  {
    name: 'Product',
    cell: ({ product }) => (
      <>
        <ProductLink {...product} />
        <span className="block text-caption text-muted">{product.sku}</span>
      </>
    ),
  },
  { name: 'Lifecycle', from: 'sm', cell: ({ product }) => <LifecycleState lifecycle={product.lifecycle} /> },
  { name: 'Quantity', align: 'end', cell: ({ quantity }) => quantity },
];

const removalOf = (product: Product): Column<Relation> => ({
  name: 'Remove',
  nameless: true,
  align: 'end',
  cell: (relation) => <RemoveRelation product={product} relation={relation} />,
});

const RemoveRelation = ({ product, relation }: { product: Product; relation: Relation }) => (
  <AskFirst
    subject={{ productId: product.id, relation }}
    act={useRemoveRelation()}
    look="quiet"
    label={`Remove relation: ${relationWords[relation.kind][relation.direction]} ${relation.product.name}`}
    renderQuestion={() => ({
      title: 'Remove this relation?',
      confirm: 'Remove relation',
      look: 'danger',
      body: <p>Both products stay; nothing ties them to each other any more.</p>,
    })}
  >
    <Unlink aria-hidden />
  </AskFirst>
);

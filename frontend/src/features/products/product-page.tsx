import type { Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { BackLink } from '../../components/back-link.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { Section } from '../../components/section.tsx';
import { categories, productById } from '../../lib/queries/catalog.ts';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useMay } from '../../lib/session.ts';
import { ChangeProduct } from './change-product.tsx';
import { ProductBase } from './product-base.tsx';
import { ProductBaseMatch } from './product-base-match.tsx';
import { ProductDrawings } from './product-drawings.tsx';
import { ProductFiles } from './product-files.tsx';
import { ProductPrices } from './product-prices.tsx';
import { ProductRelations } from './product-relations.tsx';
import { PublishedState } from '../../components/published-state.tsx';
import { BaseBadge, kindWords, LifecycleState } from './product-words.tsx';

export const ProductPage = ({ params: { productId } }: PageProps<'/products/$productId'>) => (
  <PageView query={useQuery(productById(productId))} title="Product">
    {(product) => <ProductView product={product} />}
  </PageView>
);

const ProductView = ({ product }: { product: Product }) => {
  const mayWrite = useMay('product.write');
  const mayReadPrices = useMay('price-list.read');
  const mayReadBase = useMay('base-product.read');
  return (
    <Page
      title={product.name}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/products">Back to list</BackLink>
          <LifecycleState lifecycle={product.lifecycle} />
          {product.base !== null && <BaseBadge />}
          {mayReadPrices && <PublishedState isPublished={product.isPublished} />}
        </span>
      }
      actions={mayWrite && <ChangeProduct product={product} />}
    >
      <Facts product={product} />
      {product.base !== null && <ProductBase product={product} baseKey={product.base.key} />}
      {product.base === null && mayReadBase && product.mpn !== '' && <ProductBaseMatch product={product} />}
      <ProductFiles product={product} />
      <ProductRelations product={product} />
      <ProductDrawings product={product} />
      {mayReadPrices && <ProductPrices product={product} />}
    </Page>
  );
};

const unitWords = ({ unit, packSize }: Product): string =>
  packSize === 1 ? unit : `${unit}, ${packSize} in a package`;

const Facts = ({ product }: { product: Product }) => {
  const { data: tree } = useQuery(categories);
  const category = tree?.find(({ id }) => id === product.categoryId)?.path;
  const facts: [string, string | null | undefined][] = [
    ['SKU', product.sku],
    ['Kind', kindWords[product.kind]],
    ['Manufacturer', product.manufacturer],
    ['Part number', product.mpn],
    ['GTIN', product.gtin],
    ['UNSPSC', product.unspsc],
    ['Category', category],
    ['Unit', unitWords(product)],
  ];
  return (
    <Section title="What it is">
      {product.description !== '' && (
        <p className="max-w-3xl whitespace-pre-line wrap-anywhere">{product.description}</p>
      )}
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 rounded-lg border border-line bg-surface p-4 sm:grid-cols-[max-content_1fr_max-content_1fr]">
        {facts.map(
          ([name, value]) =>
            value !== null &&
            value !== undefined &&
            value !== '' && (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="min-w-0 wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
};

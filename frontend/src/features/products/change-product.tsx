import type { Product } from '@legendops/catalog/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import { useChangeProduct, useRemoveProduct } from './product-acts.ts';
import { ProductDialog } from './product-dialog.tsx';

export const ChangeProduct = ({ product }: { product: Product }) => {
  const draft = `product.change ${product.id}`;
  const [seen, setSeen] = useState(useKept(draft) ? product : null);
  const { navigate } = useRouting();
  const changing = useChangeProduct();
  const removing = useRemoveProduct();
  const close = () => {
    setSeen(null);
    changing.reset();
  };
  return (
    <>
      <Button onClick={() => setSeen(product)}>Change</Button>
      <AskFirst
        subject={product}
        act={{ ...removing, run: (subject) => removing.run(subject, () => navigate({ to: '/products' })) }}
        look="danger"
        renderQuestion={({ name }) => ({
          title: `Remove ${name}?`,
          confirm: 'Remove product',
          look: 'danger',
          body: <p>It is gone with its prices. What it was stays in the audit trail.</p>,
        })}
      >
        Remove
      </AskFirst>
      {seen !== null && (
        <ProductDialog
          title={`Change ${seen.name}`}
          confirm="Save product"
          draft={draft}
          product={seen}
          act={changing}
          onProduct={(change) => changing.run({ product: seen, change }, close)}
          onClose={close}
        />
      )}
    </>
  );
};

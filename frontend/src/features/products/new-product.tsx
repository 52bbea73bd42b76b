import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import { useAddProduct } from './product-acts.ts';
import { ProductDialog } from './product-dialog.tsx';

const draft = 'product.add';

export const NewProductButton = () => {
  const kept = useKept(draft);
  const [open, setOpen] = useState(kept);
  const { navigate } = useRouting();
  const adding = useAddProduct();
  const close = () => {
    setOpen(false);
    adding.reset();
  };
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New product
      </Button>
      {open && (
        <ProductDialog
          title="New product"
          confirm="Add product"
          draft={draft}
          act={adding}
          onProduct={(product) =>
            adding.run(product, ({ id }) => navigate({ to: '/products/$productId', params: { productId: id } }))
          }
          onClose={close}
        />
      )}
    </>
  );
};

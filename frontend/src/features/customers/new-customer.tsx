import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import { useAddCustomer } from './customer-acts.ts';
import { CustomerNameDialog } from './customer-name-dialog.tsx';

const draft = 'customer.add';

export const NewCustomerButton = () => {
  const kept = useKept(draft);
  const [open, setOpen] = useState(kept);
  const { navigate } = useRouting();
  const adding = useAddCustomer();
  const close = () => {
    setOpen(false);
    adding.reset();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New customer
      </Button>
      {open && (
        <CustomerNameDialog
          title="New customer"
          confirm="Add customer"
          draft={draft}
          act={adding}
          onName={(name, more) =>
            adding.run({ name, ...more }, ({ id }) =>
              navigate({ to: '/customers/$customerId', params: { customerId: id } }),
            )
          }
          onClose={close}
        />
      )}
    </>
  );
};

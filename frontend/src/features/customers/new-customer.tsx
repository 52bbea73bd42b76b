import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import { useAddCustomer } from './customer-acts.ts';
import { CustomerNameDialog } from './customer-name-dialog.tsx';

export const NewCustomerButton = () => {
  const [open, setOpen] = useState(false);
  const { navigate } = useRouting();
  const adding = useAddCustomer();
  const add = (name: string, more: { evenIfNameIsTaken?: boolean }) =>
    adding.mutate(
      { name, ...more },
      { onSuccess: ({ id }) => navigate({ to: '/customers/$customerId', params: { customerId: id } }) },
    );
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
          act={adding}
          onName={add}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
};

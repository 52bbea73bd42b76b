import type { Customer } from '@legendops/portal/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useChangeCustomer } from './customer-acts.ts';
import { CustomerNameDialog } from './customer-name-dialog.tsx';

export const ChangeCustomer = ({ customer }: { customer: Customer }) => {
  const [open, setOpen] = useState<'name' | 'state' | null>(null);
  const change = useChangeCustomer(customer);
  const close = () => {
    setOpen(null);
    change.reset();
  };
  const active = customer.state === 'active';
  const stateAct = active ? 'Archive' : 'Reactivate';
  return (
    <>
      <Button onClick={() => setOpen('name')}>Rename</Button>
      <Button onClick={() => setOpen('state')}>{stateAct}</Button>
      {open === 'name' && (
        <CustomerNameDialog
          title={`Rename ${customer.name}`}
          confirm="Rename customer"
          name={customer.name}
          act={change}
          onName={(name, more) => change.mutate({ name, ...more }, { onSuccess: close })}
          onClose={close}
        />
      )}
      {open === 'state' && (
        <ConfirmDialog
          title={`${stateAct} ${customer.name}?`}
          confirm={`${stateAct} customer`}
          act={change}
          onConfirm={() => change.mutate({ state: active ? 'archived' : 'active' }, { onSuccess: close })}
          onClose={close}
        >
          <p>
            {active
              ? 'Its usage and invoices stay; you can reactivate it at any time.'
              : 'It counts as one of your customers again.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
};

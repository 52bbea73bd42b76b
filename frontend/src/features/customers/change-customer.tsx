import type { Customer } from '@legendops/portal/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { useChangeCustomer } from './customer-acts.ts';
import { CustomerNameDialog } from './customer-name-dialog.tsx';

export const ChangeCustomer = ({ customer }: { customer: Customer }) => {
  const active = customer.state === 'active';
  return (
    <>
      <Rename customer={customer} />
      <AskFirst
        subject={{ customer, change: { state: active ? 'archived' : 'active' } as const }}
        act={useChangeCustomer()}
        renderQuestion={({ customer: { name }, change: { state } }) =>
          state === 'archived'
            ? {
                title: `Archive ${name}?`,
                confirm: 'Archive customer',
                body: <p>Its usage and invoices stay; you can reactivate it at any time.</p>,
              }
            : {
                title: `Reactivate ${name}?`,
                confirm: 'Reactivate customer',
                body: <p>It counts as one of your customers again.</p>,
              }
        }
      >
        {active ? 'Archive' : 'Reactivate'}
      </AskFirst>
    </>
  );
};

const Rename = ({ customer }: { customer: Customer }) => {
  const draft = `customer.rename ${customer.id}`;
  const kept = useKept(draft);
  const [seen, setSeen] = useState(kept ? customer : null);
  const act = useChangeCustomer();
  const close = () => {
    setSeen(null);
    act.reset();
  };
  return (
    <>
      <Button onClick={() => setSeen(customer)}>Rename</Button>
      {seen !== null && (
        <CustomerNameDialog
          title={`Rename ${seen.name}`}
          confirm="Rename customer"
          draft={draft}
          name={seen.name}
          act={act}
          onName={(name, more) => act.run({ customer: seen, change: { name, ...more } }, close)}
          onClose={close}
        />
      )}
    </>
  );
};

import type { CustomerLink } from '@legendops/billing/link/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { EntryField } from './entry-field.tsx';
import { useConfirmLink, useMakeCustomer } from './link-acts.ts';
import { textOf } from '../../components/text-of.ts';

type Way = 'existing' | 'new';

/** Another customer of QuickBooks than the suggested one, or a new one under a name of its own. */
export const ChooseCustomer = ({ row }: { row: CustomerLink }) => {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button aria-label={`Pick another: ${row.customerName}`} onClick={() => setOpen(true)}>
        Pick another
      </Button>
      {open && <ChooseDialog row={row} onClose={close} />}
    </>
  );
};

const ChooseDialog = ({ row, onClose }: { row: CustomerLink; onClose: () => void }) => {
  const { customerId, customerName } = row;
  const [way, setWay] = useState<Way>('existing');
  const confirming = useConfirmLink();
  const making = useMakeCustomer();
  const act = way === 'existing' ? confirming : making;
  return (
    <Dialog title={`Who is ${customerName} in QuickBooks?`} act={act} onClose={onClose}>
      <DraftForm
        name={`link.${customerId}`}
        act={act}
        onSubmit={(form) =>
          way === 'existing'
            ? confirming.run({ kind: 'customer', customerId, quickBooksId: textOf(form, 'quickBooksId') }, onClose)
            : making.run({ customerId, name: textOf(form, 'name').trim() }, onClose)
        }
      >
        <SelectField
          label="Customer"
          name="way"
          value={way}
          onChange={({ currentTarget: { value } }) => setWay(value === 'new' ? 'new' : 'existing')}
        >
          <option value="existing">One that QuickBooks has</option>
          <option value="new">A new one, made with the next invoice</option>
        </SelectField>
        {way === 'existing' ? (
          <EntryField kind="customer" label="In QuickBooks" error={placeOf(confirming.error, 'quickBooksId')} />
        ) : (
          <TextField
            label="Name in QuickBooks"
            name="name"
            required
            maxLength={500}
            defaultValue={customerName}
            error={placeOf(making.error, 'name')}
            hint="No other customer, vendor or employee there may have it, and it has no colon."
          />
        )}
        <DialogSubmit act={act}>Save link</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

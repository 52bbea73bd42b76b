import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useMe } from '../../lib/session.ts';
import { useAddPriceList } from './product-acts.ts';

const draft = 'price-list.add';

const NewPriceListDialog = ({ onClose }: { onClose: () => void }) => {
  const { currency } = useMe().tenant;
  const adding = useAddPriceList();
  return (
    <Dialog title="New price list" act={adding} onClose={onClose}>
      <DraftForm
        name={draft}
        act={adding}
        onSubmit={(form) => {
          const [name, given] = [form.get('name'), form.get('currency')];
          if (typeof name === 'string' && typeof given === 'string')
            adding.run({ name, currency: given.trim().toUpperCase() }, onClose);
        }}
      >
        <TextField label="Name" name="name" required maxLength={128} error={placeOf(adding.error, 'name')} />
        <TextField
          label="Currency"
          name="currency"
          required
          minLength={3}
          maxLength={3}
          defaultValue={currency}
          hint="All prices of a list are in one currency."
          error={placeOf(adding.error, 'currency')}
        />
        <DialogSubmit act={adding}>Add price list</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

export const NewPriceListButton = () => {
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      <Button onClick={() => setOpen(true)}>New price list</Button>
      {open && <NewPriceListDialog onClose={() => setOpen(false)} />}
    </>
  );
};

import type { Product } from '@legendops/catalog/contract';
import type { PriceList } from '@legendops/catalog/price-list/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { toMinorUnits } from '../../lib/money.ts';
import { placeOf } from '../../lib/problem.ts';
import { priceLists } from '../../lib/queries/catalog.ts';
import { useSetPrice } from './product-acts.ts';

interface AddPriceDialogProps {
  product: Product;
  lists: readonly PriceList[];
  draft: string;
  onClose: () => void;
}

const AddPriceDialog = ({ product, lists, draft, onClose }: AddPriceDialogProps) => {
  const [wrong, setWrong] = useState<string>();
  const setting = useSetPrice();
  return (
    <Dialog title={`Price of ${product.name}`} act={setting} onClose={onClose}>
      <DraftForm
        name={draft}
        act={setting}
        onSubmit={(form) => {
          const list = lists.find(({ id }) => id === form.get('priceListId'));
          const [validFrom, typed] = [form.get('validFrom'), form.get('amount')];
          if (list === undefined || typeof validFrom !== 'string' || typeof typed !== 'string') return;
          const amountMinor = typed.trim() === '' ? null : toMinorUnits(typed, list.currency);
          setWrong(amountMinor === undefined ? `Write an amount of ${list.currency}, such as 12.50` : undefined);
          if (amountMinor !== undefined)
            setting.run({ priceListId: list.id, productId: product.id, validFrom, amountMinor }, onClose);
        }}
      >
        <SelectField label="Price list" name="priceListId">
          {lists.map(({ id, name, currency }) => (
            <option key={id} value={id}>
              {name} ({currency})
            </option>
          ))}
        </SelectField>
        <TextField
          label="Price a unit"
          name="amount"
          inputMode="decimal"
          hint={`Of one ${product.unit}. Leave it empty to take the product off the list.`}
          error={wrong}
        />
        <TextField
          label="From"
          name="validFrom"
          type="date"
          required
          hint="Until the next price of the same product."
          error={placeOf(setting.error, 'validFrom')}
        />
        <DialogSubmit act={setting}>Save price</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

/** Offered once there is a list to put a price on. */
export const AddPriceButton = ({ product }: { product: Product }) => {
  const { data: lists = [] } = useQuery(priceLists);
  const draft = `price.set ${product.id}`;
  const [open, setOpen] = useState(useKept(draft));
  if (lists.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add price</Button>
      {open && <AddPriceDialog product={product} lists={lists} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};

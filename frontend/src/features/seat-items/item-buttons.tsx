import type { SeatItem, SeatItems, SeatItemSuggestion } from '@legendops/portal/seat-item/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { useConfirmItem, useRemoveItem, type LinkedItem } from './item-acts.ts';

/** Says that the likeliest item is the product; it can be changed later. */
export const ConfirmItem = ({ product, suggested }: { product: SeatItem; suggested: SeatItemSuggestion }) => (
  <AskFirst
    subject={{ ...suggested, productId: product.productId }}
    act={useConfirmItem()}
    look="primary"
    label={`Confirm: ${product.productName} is the item ${suggested.itemName}`}
    renderQuestion={({ itemName }) => ({
      title: 'Confirm this item?',
      confirm: 'Confirm item',
      body: (
        <p>
          Seats of <strong>{product.productName}</strong> at Pax8 are counted in contracts that charge{' '}
          <strong>{itemName}</strong> in SuperOps.
        </p>
      ),
    })}
  >
    Confirm
  </AskFirst>
);

/** Another item than the suggested one. */
export const PickItem = ({ product, choices }: { product: SeatItem; choices: SeatItems['choices'] }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-label={`Pick item for ${product.productName}`} onClick={() => setOpen(true)}>
        Pick item
      </Button>
      {open && <PickDialog product={product} choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
};

interface PickDialogProps {
  product: SeatItem;
  choices: SeatItems['choices'];
  onClose: () => void;
}

const PickDialog = ({ product: { productId, productName }, choices, onClose }: PickDialogProps) => {
  const confirming = useConfirmItem();
  return (
    <Dialog title={`Which item is ${productName}?`} act={confirming} onClose={onClose}>
      <DraftForm
        name={`seat-item.${productId}`}
        act={confirming}
        onSubmit={(form) => confirming.run({ productId, itemId: textOf(form, 'itemId') }, onClose)}
      >
        <SelectField label="Item in SuperOps" name="itemId" required>
          <option value="">Choose one</option>
          {choices.map(({ itemId, itemName }) => (
            <option key={itemId} value={itemId}>
              {itemName}
            </option>
          ))}
        </SelectField>
        <DialogSubmit act={confirming}>Save item</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

/** Takes a link back. */
export const RemoveItem = ({ product }: { product: LinkedItem }) => (
  <AskFirst
    subject={product}
    act={useRemoveItem()}
    look="quiet"
    label={`Remove the item of ${product.productName}`}
    renderQuestion={({ productName, itemName }) => ({
      title: 'Remove this item?',
      confirm: 'Remove item',
      look: 'danger',
      body: (
        <p>
          Seats of <strong>{productName}</strong> are no longer counted as <strong>{itemName}</strong>. You are asked
          again which item it is.
        </p>
      ),
    })}
  >
    Remove
  </AskFirst>
);

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { products } from '../../lib/queries/products.ts';
import { EntryField } from './entry-field.tsx';
import { kindWords, ruleKinds, type RuleKind } from './kind-words.ts';
import { useConfirmLink } from './link-acts.ts';
import { textOf } from '../../components/text-of.ts';

export const choiceDraft = 'link.choice';

const optional = (form: FormData, name: 'customerId' | 'productId'): Partial<Record<typeof name, string>> => {
  const value = textOf(form, name);
  return value === '' ? {} : { [name]: value };
};

/** Says what stands on invoices: for all, for one customer or for one product. */
export const NewChoiceDialog = ({ onClose }: { onClose: () => void }) => {
  const [kind, setKind] = useState<RuleKind>('tax-code');
  const { data: sold } = useQuery(products);
  const choosing = useConfirmLink();
  return (
    <Dialog title="What stands on invoices?" act={choosing} onClose={onClose}>
      <DraftForm
        name={choiceDraft}
        act={choosing}
        onSubmit={(form) =>
          choosing.run(
            {
              kind,
              quickBooksId: textOf(form, 'quickBooksId'),
              ...optional(form, 'customerId'),
              ...optional(form, 'productId'),
            },
            onClose,
          )
        }
      >
        <SelectField
          label="Kind"
          name="kind"
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(ruleKinds.find((one) => one === value) ?? 'tax-code')}
        >
          {ruleKinds.map((one) => (
            <option key={one} value={one}>
              {kindWords[one]}
            </option>
          ))}
        </SelectField>
        <EntryField key={kind} kind={kind} label="In QuickBooks" error={placeOf(choosing.error, 'quickBooksId')} />
        {kind !== 'item' && <CustomerPicker label="Customer" none="Every customer" name="customerId" />}
        {kind !== 'terms' && (
          <SelectField label="Product" name="productId" hint="What is said of a customer comes before a product.">
            <option value="">Every product</option>
            {sold?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <DialogSubmit act={choosing}>Save choice</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

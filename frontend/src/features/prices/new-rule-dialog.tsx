import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { ActProblem } from '../../components/act-problem.tsx';
import { products } from '../../lib/queries/products.ts';
import { useMe } from '../../lib/session.ts';
import { useAddPriceRule } from './price-acts.ts';
import { readRule } from './read-rule.ts';

export const ruleDraft = 'price-rule.add';

export const NewRuleDialog = ({ onClose }: { onClose: () => void }) => {
  const { currency } = useMe().tenant;
  const [kind, setKind] = useState<'markup' | 'fixed'>('markup');
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const { data: choices, isError } = useQuery(products);
  const adding = useAddPriceRule();
  return (
    <Dialog title="Add a price rule" act={adding} onClose={onClose}>
      <DraftForm
        name={ruleDraft}
        act={adding}
        onSubmit={(form) => {
          const read = readRule(form);
          setWrong(read.ok ? {} : read.wrong);
          if (read.ok) adding.run(read.rule, onClose);
        }}
      >
        <CustomerPicker label="Customer" none="Every customer" name="customerId" />
        <SelectField
          label="Product"
          name="productId"
          error={wrong['productId']}
          hint={
            isError
              ? 'The products could not be read. Close this and open it again to choose one.'
              : choices?.length === 0 && 'Products can be chosen once usage has been fetched from Pax8.'
          }
        >
          <option value="">Every product</option>
          {choices?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Kind"
          name="kind"
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(value === 'fixed' ? 'fixed' : 'markup')}
        >
          <option value="markup">Markup on cost</option>
          <option value="fixed">Fixed price a unit</option>
        </SelectField>
        {kind === 'markup' ? (
          <TextField
            key="markup"
            label="Markup in percent"
            name="markupPercent"
            inputMode="decimal"
            required
            error={wrong['markupPercent']}
          />
        ) : (
          <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
            <TextField
              key="fixed"
              label="Price a unit"
              name="unitPrice"
              inputMode="decimal"
              required
              error={wrong['unitPrice']}
            />
            <TextField label="Currency" name="currency" defaultValue={currency} required error={wrong['currency']} />
          </div>
        )}
        <TextField label="Valid from" name="validFrom" type="date" hint="Leave it empty for always." />
        <ActProblem error={adding.error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" pending={adding.pending}>
            Save rule
          </Button>
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

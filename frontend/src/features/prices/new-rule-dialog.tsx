import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { products } from '../../lib/queries/products.ts';
import { useMe } from '../../lib/session.ts';
import { useAddPriceRule } from './price-acts.ts';
import { readRule } from './read-rule.ts';

export const NewRuleDialog = ({ onClose }: { onClose: () => void }) => {
  const { currency } = useMe().tenant;
  const [kind, setKind] = useState<'markup' | 'fixed'>('markup');
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const { data: choices = [] } = useQuery(products);
  const adding = useAddPriceRule();
  return (
    <Dialog title="Add a price rule" onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const read = readRule(new FormData(event.currentTarget));
          setWrong(read.ok ? {} : read.wrong);
          if (read.ok) adding.mutate(read.rule, { onSuccess: onClose });
        }}
      >
        <CustomerPicker label="Customer" none="Every customer" name="customerId" />
        <SelectField
          label="Product"
          name="productId"
          error={wrong['productId']}
          hint={choices.length === 0 ? 'Products can be chosen once usage has been fetched from Pax8.' : undefined}
        >
          <option value="">Every product</option>
          {choices.map(({ id, name }) => (
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
        {adding.isError && <ProblemNotice error={adding.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={adding.isPending}>
            Save rule
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

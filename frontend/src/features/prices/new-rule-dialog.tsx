import type { PriceRuleKind } from '@legendops/billing/price-rule/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { products } from '../../lib/queries/products.ts';
import { useMe } from '../../lib/session.ts';
import { useAddPriceRule } from './price-acts.ts';
import { readRule } from './read-rule.ts';
import { Conditions, kindWords, PriceFields, TermField, type Wrong } from './rule-fields.tsx';

export const ruleDraft = 'price-rule.add';

const isKind = (text: string): text is PriceRuleKind => text in kindWords;

const ProductField = ({ error }: { error: string | undefined }) => {
  const { data: choices, isError } = useQuery(products);
  return (
    <SelectField
      label="Product"
      name="productId"
      error={error}
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
  );
};

export const NewRuleDialog = ({ onClose }: { onClose: () => void }) => {
  const { currency } = useMe().tenant;
  const [kind, setKind] = useState<PriceRuleKind>('markup');
  const [wrong, setWrong] = useState<Wrong>({});
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
        <ProductField error={wrong['productId']} />
        <SelectField
          label="Kind"
          name="kind"
          value={kind}
          onChange={({ currentTarget: { value } }) => isKind(value) && setKind(value)}
        >
          {Object.entries(kindWords).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </SelectField>
        <TermField key={`term-${kind}`} kind={kind} />
        <PriceFields kind={kind} wrong={wrong} currency={currency} />
        <Conditions kind={kind} wrong={wrong} />
        <TextField
          label="Valid from"
          name="validFrom"
          type="date"
          hint="Leave it empty for always: months that are not closed are priced anew, approved ones by a correction."
        />
        <DialogSubmit act={adding}>Save rule</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

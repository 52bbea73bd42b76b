import { SelectField } from '../../components/fields.tsx';

const name = 'billsAnew';

/** What becomes of what an invoice bills that is void. */
export const BilledAnewField = () => (
  <SelectField
    label="What it bills"
    name={name}
    defaultValue="no"
    hint="What is billed anew comes as lines of the next draft of this customer, which waits for approval."
  >
    <option value="no">counts as billed: nobody pays it</option>
    <option value="yes">is billed anew, by the next run</option>
  </SelectField>
);

export const billsAnewIn = (form: FormData): boolean => form.get(name) === 'yes';

import { SelectField } from '../../components/fields.tsx';

const name = 'billsAnew';

/** What becomes of what an invoice bills that is void. */
export const BilledAnewField = () => (
  <SelectField
    label="What it bills"
    name={name}
    defaultValue="no"
    hint="“Is billed anew” writes its lines onto the next draft of this customer, for you to approve."
  >
    <option value="no">counts as billed: nobody pays it</option>
    <option value="yes">is billed anew, by the next run</option>
  </SelectField>
);

export const billsAnewIn = (form: FormData): boolean => form.get(name) === 'yes';

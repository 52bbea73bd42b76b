import { useQuery } from '@tanstack/react-query';
import { customerChoices } from '../lib/queries/customers.ts';
import { SelectField } from './fields.tsx';

interface CustomerSelectProps {
  label: string;
  /** What no choice means. */
  none: string;
  value?: string | undefined;
  name?: string;
  required?: boolean;
  onChoose?: (customerId: string | undefined) => void;
}

export const CustomerSelect = ({ label, none, value, name, required, onChoose }: CustomerSelectProps) => {
  const { data: choices = [] } = useQuery(customerChoices);
  const controlled = onChoose && {
    value: value ?? '',
    onChange: (event: { currentTarget: HTMLSelectElement }) => onChoose(event.currentTarget.value || undefined),
  };
  return (
    <SelectField label={label} name={name} required={required} {...controlled}>
      <option value="">{none}</option>
      {choices.map(({ id, name: customerName }) => (
        <option key={id} value={id}>
          {customerName}
        </option>
      ))}
    </SelectField>
  );
};

import { CustomerPicker } from './customer-picker.tsx';

interface CustomerFilterProps {
  /** The customer that the person belongs to: then there is none to choose. */
  own: string | null;
  customerId: string | undefined;
  onChoose: (customerId: string | undefined) => void;
}

/** Narrows a list to one customer. */
export const CustomerFilter = ({ own, customerId, onChoose }: CustomerFilterProps) =>
  own === null && (
    <div className="w-64 max-sm:w-full">
      <CustomerPicker label="Customer" none="All customers" value={customerId} onChoose={onChoose} />
    </div>
  );

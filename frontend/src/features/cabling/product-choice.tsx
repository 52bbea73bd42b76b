import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { SelectField } from '../../components/fields.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { productById, productMatches } from '../../lib/queries/catalog.ts';

interface ProductChoiceProps {
  label: string;
  /** Of the form's field. */
  name: string;
  chosenId: string | null;
  required?: boolean;
  error?: string | undefined;
  /** The form around the choice; the search stands before it, as a form of its own. */
  children: (choice: ReactNode) => ReactNode;
}

/** A form that chooses a product: the search narrows the choices, and the one that was chosen stays among them. */
export const ProductChoice = ({ label, name, chosenId, required = false, error, children }: ProductChoiceProps) => {
  const [search, setSearch] = useState('');
  const { data: matches, isError } = useQuery(productMatches(search));
  const { data: chosen } = useQuery({ ...productById(chosenId ?? ''), enabled: chosenId !== null });
  const others = matches?.filter(({ id }) => id !== chosenId) ?? [];
  const products = chosen === undefined ? others : [chosen, ...others];
  return (
    <>
      <div className="mb-3">
        <SearchField label="Search products" value={search} onSearch={setSearch} />
      </div>
      {children(
        <SelectField
          // Anew once the chosen product is there: a choice that is not there yet cannot be shown as chosen.
          key={chosen?.id ?? 'none'}
          label={label}
          name={name}
          required={required}
          defaultValue={chosen?.id ?? ''}
          error={error}
          hint={isError ? 'The products could not be read. Search again.' : 'The first twenty that the search finds.'}
        >
          <option value="">{required ? 'Choose one' : 'None'}</option>
          {products.map(({ id, sku, name: words, unit }) => (
            <option key={id} value={id}>
              {`${words} (${sku}, ${unit})`}
            </option>
          ))}
        </SelectField>,
      )}
    </>
  );
};

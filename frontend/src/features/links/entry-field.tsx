import type { LinkKind } from '@legendops/billing/link/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField, TextField } from '../../components/fields.tsx';
import { quickBooksEntries } from '../../lib/queries/links.ts';
import { useSettled } from '../../lib/settled.ts';

interface EntryFieldProps {
  kind: LinkKind;
  label: string;
  error?: string | undefined;
}

/** Chooses something of QuickBooks's lists as the form's `quickBooksId`; a part of its name narrows a long list. */
export const EntryField = ({ kind, label, error }: EntryFieldProps) => {
  const [typed, setTyped] = useState('');
  const { data, isError, isPending } = useQuery(quickBooksEntries(kind, useSettled(typed.trim())));
  const hint = isError
    ? 'QuickBooks could not be asked. Close this and try again in a minute.'
    : data?.more === true && 'There are more: type a part of the name.';
  return (
    <>
      {(data?.more === true || typed !== '') && (
        <TextField
          label="Part of the name"
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
      )}
      <SelectField label={label} name="quickBooksId" required error={error} hint={hint} aria-busy={isPending}>
        {data?.data.length === 0 && <option value="">Nothing of that name</option>}
        {data?.data.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {currency === null ? name : `${name}, ${currency}`}
          </option>
        ))}
      </SelectField>
    </>
  );
};

import type { BulkChange } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { categories } from '../../lib/queries/catalog.ts';
import { useChangeMany } from './product-acts.ts';
import { lifecycles } from './product-words.tsx';

interface ChangeManyDialogProps {
  ids: string[];
  onDone: () => void;
  onClose: () => void;
}

const asItIs = 'keep';

const readChange = (form: FormData): BulkChange['change'] => {
  const said = (name: string): string | undefined => {
    const value = form.get(name);
    return typeof value === 'string' && value !== asItIs ? value : undefined;
  };
  const [lifecycle, isPublished, categoryId] = [said('lifecycle'), said('isPublished'), said('categoryId')];
  return {
    ...(lifecycle !== undefined && { lifecycle: lifecycle as NonNullable<BulkChange['change']['lifecycle']> }),
    ...(isPublished !== undefined && { isPublished: isPublished === 'true' }),
    ...(categoryId !== undefined && { categoryId: categoryId === '' ? null : categoryId }),
  };
};

/** One change of many products: of all of them, or of none. */
export const ChangeManyDialog = ({ ids, onDone, onClose }: ChangeManyDialogProps) => {
  const { data: tree } = useQuery(categories);
  const [isEmpty, setIsEmpty] = useState(false);
  const changing = useChangeMany();
  return (
    <Dialog
      title={`Change ${ids.length} ${ids.length === 1 ? 'product' : 'products'}`}
      act={changing}
      onClose={onClose}
    >
      <DraftForm
        name="product.change-many"
        act={changing}
        onSubmit={(form) => {
          const change = readChange(form);
          setIsEmpty(Object.keys(change).length === 0);
          if (Object.keys(change).length > 0) changing.run({ ids, change }, onDone);
        }}
      >
        <SelectField label="Category" name="categoryId">
          <option value={asItIs}>As it is</option>
          <option value="">No category</option>
          {tree?.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </SelectField>
        <SelectField label="Lifecycle" name="lifecycle">
          <option value={asItIs}>As it is</option>
          {Object.entries(lifecycles).map(([lifecycle, { word }]) => (
            <option key={lifecycle} value={lifecycle}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Customers see it"
          name="isPublished"
          error={isEmpty ? 'Choose what is to change.' : undefined}
        >
          <option value={asItIs}>As it is</option>
          <option value="true">Published</option>
          <option value="false">Internal</option>
        </SelectField>
        <DialogSubmit act={changing}>Save products</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

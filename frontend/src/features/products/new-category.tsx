import { useQuery } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { categories } from '../../lib/queries/catalog.ts';
import { useAddCategory } from './product-acts.ts';

const draft = 'category.add';

const NewCategoryDialog = ({ onClose }: { onClose: () => void }) => {
  const { data: tree } = useQuery(categories);
  const adding = useAddCategory();
  return (
    <Dialog title="New category" act={adding} onClose={onClose}>
      <DraftForm
        name={draft}
        act={adding}
        onSubmit={(form) => {
          const [name, parentId] = [form.get('name'), form.get('parentId')];
          if (typeof name === 'string' && typeof parentId === 'string')
            adding.run({ name, parentId: parentId === '' ? null : parentId }, onClose);
        }}
      >
        <TextField label="Name" name="name" required maxLength={128} error={placeOf(adding.error, 'name')} />
        <SelectField label="Below" name="parentId">
          <option value="">No other category</option>
          {tree?.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </SelectField>
        <ActProblem error={adding.error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" pending={adding.pending}>
            Add category
          </Button>
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

export const NewCategoryButton = () => {
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FolderPlus aria-hidden />
        New category
      </Button>
      {open && <NewCategoryDialog onClose={() => setOpen(false)} />}
    </>
  );
};

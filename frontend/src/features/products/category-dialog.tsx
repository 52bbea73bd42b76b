import type { NewCategory } from '@legendops/catalog/category/contract';
import { useQuery } from '@tanstack/react-query';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';
import { placeOf } from '../../lib/problem.ts';
import { categories, type NamedCategory } from '../../lib/queries/catalog.ts';

interface CategoryDialogProps {
  title: string;
  confirm: string;
  /** Names the form, so that what is typed finds back to it. */
  draft: string;
  category?: NamedCategory;
  act: AnyAct;
  onCategory: (category: NewCategory) => void;
  onClose: () => void;
}

/** A name, and what it lies below. */
export const CategoryDialog = ({ category, act, onCategory, ...props }: CategoryDialogProps) => {
  const { data: tree } = useQuery(categories);
  const others = tree?.filter(({ id }) => id !== category?.id);
  return (
    <Dialog title={props.title} act={act} onClose={props.onClose}>
      <DraftForm
        name={props.draft}
        act={act}
        onSubmit={(form) => {
          const [name, parentId] = [form.get('name'), form.get('parentId')];
          if (typeof name === 'string' && typeof parentId === 'string')
            onCategory({ name, parentId: parentId === '' ? null : parentId });
        }}
      >
        <TextField
          label="Name"
          name="name"
          required
          maxLength={128}
          defaultValue={category?.name}
          error={placeOf(act.error, 'name')}
        />
        <SelectField
          key={others?.length ?? 'none'}
          label="Below"
          name="parentId"
          defaultValue={category?.parentId ?? ''}
          hint={category !== undefined && 'What is below it moves with it.'}
        >
          <option value="">No other category</option>
          {others?.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </SelectField>
        <DialogSubmit act={act}>{props.confirm}</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

import type { NewProduct, Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { controlClass, SelectField, TextField } from '../../components/fields.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';
import { placeOf } from '../../lib/problem.ts';
import { categories } from '../../lib/queries/catalog.ts';
import { kindWords, lifecycles } from './product-words.tsx';
import { readProduct } from './read-product.ts';

interface ProductDialogProps {
  title: string;
  confirm: string;
  /** Names the form, so that what is typed finds back to it. */
  draft: string;
  product?: Product;
  act: AnyAct;
  onProduct: (product: NewProduct) => void;
  onClose: () => void;
}

const Description = ({ value }: { value: string | undefined }) => {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        Description
      </label>
      <textarea
        id={id}
        name="description"
        rows={3}
        maxLength={4000}
        defaultValue={value}
        className={`${controlClass} h-auto py-1.5`}
      />
    </div>
  );
};

const CategoryField = ({ value }: { value: string | null | undefined }) => {
  const { data: tree } = useQuery(categories);
  return (
    // Anew once the choices are there: a choice that is not there yet cannot be shown as chosen.
    <SelectField key={tree?.length ?? 'none'} label="Category" name="categoryId" defaultValue={value ?? ''}>
      <option value="">No category</option>
      {tree?.map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </SelectField>
  );
};

export const ProductDialog = ({ product, act, onProduct, ...props }: ProductDialogProps) => {
  const wrong = (name: keyof NewProduct) => placeOf(act.error, name);
  return (
    <Dialog title={props.title} act={act} onClose={props.onClose}>
      <DraftForm name={props.draft} act={act} onSubmit={(form) => onProduct(readProduct(form))}>
        <TextField
          label="Name"
          name="name"
          required
          maxLength={256}
          defaultValue={product?.name}
          error={wrong('name')}
        />
        <div className="grid grid-cols-2 items-start gap-3">
          <TextField label="SKU" name="sku" required maxLength={64} defaultValue={product?.sku} error={wrong('sku')} />
          <SelectField label="Kind" name="kind" defaultValue={product?.kind ?? 'product'}>
            {Object.entries(kindWords).map(([kind, word]) => (
              <option key={kind} value={kind}>
                {word}
              </option>
            ))}
          </SelectField>
          <TextField label="Manufacturer" name="manufacturer" maxLength={128} defaultValue={product?.manufacturer} />
          <TextField label="Part number" name="mpn" maxLength={64} defaultValue={product?.mpn} error={wrong('mpn')} />
          <TextField
            label="GTIN"
            name="gtin"
            inputMode="numeric"
            defaultValue={product?.gtin ?? ''}
            error={wrong('gtin')}
          />
          <TextField
            label="UNSPSC"
            name="unspsc"
            inputMode="numeric"
            defaultValue={product?.unspsc ?? ''}
            error={wrong('unspsc')}
          />
          <TextField label="Unit" name="unit" required maxLength={16} defaultValue={product?.unit ?? 'each'} />
          <TextField
            label="Units in a package"
            name="packSize"
            type="number"
            min={1}
            required
            defaultValue={product?.packSize ?? 1}
            error={wrong('packSize')}
          />
          <CategoryField value={product?.categoryId} />
          <SelectField label="Lifecycle" name="lifecycle" defaultValue={product?.lifecycle ?? 'active'}>
            {Object.entries(lifecycles).map(([lifecycle, { word }]) => (
              <option key={lifecycle} value={lifecycle}>
                {word}
              </option>
            ))}
          </SelectField>
        </div>
        <Description value={product?.description} />
        <label className="flex items-center gap-2">
          <input type="checkbox" name="isPublished" defaultChecked={product?.isPublished ?? false} />
          Show it to the people of your customers
        </label>
        <DialogSubmit act={act}>{props.confirm}</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

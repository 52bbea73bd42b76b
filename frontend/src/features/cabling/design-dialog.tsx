import type { DesignContent } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign, NewCablingDesign } from '@legendops/catalog/cabling-design/contract';
import { useQuery } from '@tanstack/react-query';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import type { Schema } from '../../components/schema.ts';
import type { AnyAct } from '../../lib/act/use-act.ts';
import { placeOf } from '../../lib/problem.ts';
import { priceLists } from '../../lib/queries/catalog.ts';
import { frameSchema } from './design-schemas.ts';
import { ThingForm } from './thing-form.tsx';

interface DesignDialogProps {
  title: string;
  confirm: string;
  draft: string;
  /** As it is; without it a new one begins. */
  design?: CablingDesign;
  act: AnyAct;
  onDesign: (design: NewCablingDesign) => void;
  onClose: () => void;
}

const schema: Schema = {
  ...frameSchema,
  properties: { name: { type: 'string', description: 'Name' }, ...frameSchema.properties },
  required: ['name'],
};

const textIn = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
};

// The day here, as a calendar says it.
const today = (): string => new Date().toLocaleDateString('en-CA');

/** Whose it is, by whose rules it is computed, and what it is priced by. */
export const DesignDialog = ({ title, confirm, draft, design, act, onDesign, onClose }: DesignDialogProps) => {
  const { data: lists } = useQuery(priceLists);
  const content = design?.content;
  return (
    <Dialog title={title} act={act} onClose={onClose}>
      <ThingForm
        draft={draft}
        confirm={confirm}
        schema={schema}
        said={{ name: design?.name, ...content }}
        act={act}
        onInput={({ name, ...frame }, form) => {
          const things = {
            links: content?.links ?? [],
            pathways: content?.pathways ?? [],
            feeds: content?.feeds ?? [],
            parts: content?.parts ?? [],
          };
          const priced = { priceListId: textIn(form, 'priceListId'), pricesOn: textIn(form, 'pricesOn') ?? today() };
          onDesign({
            name: typeof name === 'string' ? name : '',
            customerId: textIn(form, 'customerId'),
            isPublished: form.get('isPublished') !== null,
            // The service says what is wrong with it, by field.
            content: { ...frame, ...priced, ...things } as DesignContent,
          });
        }}
      >
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <SelectField
            // Anew once the lists are there: a choice that is not there yet cannot be shown as chosen.
            key={lists?.length ?? 'none'}
            label="Price list"
            name="priceListId"
            defaultValue={content?.priceListId ?? ''}
          >
            <option value="">No prices</option>
            {lists?.map((list) => (
              <option key={list.id} value={list.id}>
                {list.name} ({list.currency})
              </option>
            ))}
          </SelectField>
          <TextField
            label="Prices of"
            name="pricesOn"
            type="date"
            required
            defaultValue={content?.pricesOn ?? today()}
            error={placeOf(act.error, 'pricesOn')}
          />
        </div>
        {placeOf(act.error, 'customerId') !== undefined && (
          <p className="text-caption text-bad">{placeOf(act.error, 'customerId')}</p>
        )}
        <CustomerPicker
          label="Customer"
          none="No customer"
          name="customerId"
          initial={design?.customerId ?? undefined}
        />
        <label className="flex items-center gap-2">
          <input type="checkbox" name="isPublished" defaultChecked={design?.isPublished ?? false} />
          Show it to the people of this customer, without prices
        </label>
      </ThingForm>
    </Dialog>
  );
};

import type { Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { placeOf } from '../../lib/problem.ts';
import { productMatches } from '../../lib/queries/catalog.ts';
import { useAddRelation } from './product-acts.ts';
import { relationKinds, relationWords } from './product-words.tsx';

const NewRelationDialog = ({ product, draft, onClose }: { product: Product; draft: string; onClose: () => void }) => {
  const [search, setSearch] = useState('');
  const { data: matches, isError } = useQuery(productMatches(search));
  const adding = useAddRelation();
  const others = matches?.filter(({ id }) => id !== product.id) ?? [];
  return (
    <Dialog title={`Relate ${product.name}`} act={adding} onClose={onClose}>
      {/* Its own form: Enter in it searches and relates nothing. */}
      <div className="mb-3">
        <SearchField label="Search the other product" value={search} onSearch={setSearch} />
      </div>
      <DraftForm
        name={draft}
        act={adding}
        onSubmit={(form) => {
          const kind = relationKinds.find((one) => one === form.get('kind'));
          const productId = form.get('productId');
          if (kind === undefined || typeof productId !== 'string') return;
          const quantity = Number(form.get('quantity'));
          adding.run({ productId: product.id, relation: { kind, productId, quantity } }, onClose);
        }}
      >
        <SelectField label="This product" name="kind" hint="A replacement is said of the newer one.">
          {relationKinds.map((kind) => (
            <option key={kind} value={kind}>
              {relationWords[kind].to}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Other product"
          name="productId"
          required
          error={placeOf(adding.error, 'productId')}
          hint={isError ? 'The products could not be read. Search again.' : 'The first twenty that the search finds.'}
        >
          {others.map(({ id, sku, name }) => (
            <option key={id} value={id}>
              {name} ({sku})
            </option>
          ))}
        </SelectField>
        <TextField
          label="Quantity"
          name="quantity"
          type="number"
          min={1}
          max={10_000}
          required
          defaultValue={1}
          error={placeOf(adding.error, 'quantity')}
        />
        <DialogSubmit act={adding}>Save relation</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

export const NewRelationButton = ({ product }: { product: Product }) => {
  const draft = `relation.add ${product.id}`;
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Link2 aria-hidden />
        Add relation
      </Button>
      {open && <NewRelationDialog product={product} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};

import type { Product } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { MasterPreview } from '../../components/master-preview.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { masterMatches } from '../../lib/queries/stencils.ts';
import { useAddDrawing } from './product-acts.ts';

const AddDrawingDialog = ({ product, onClose }: { product: Product; onClose: () => void }) => {
  const [search, setSearch] = useState('');
  const adding = useAddDrawing();
  return (
    <Dialog title={`Draw ${product.name}`} act={adding} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <SearchField label="Search shapes of all stencils" value={search} onSearch={setSearch} />
        <QueryView query={useQuery(masterMatches(search))}>
          {(masters) =>
            masters.length === 0 ? (
              <p className="text-muted">
                No shape has these words. Leave one out, or press “Add stencil” under “Stencils” first.
              </p>
            ) : (
              <ul aria-label="Shapes found" className="grid max-h-96 grid-cols-3 gap-2 overflow-y-auto">
                {masters.map(({ id, name, stencilName }) => (
                  <li key={id}>
                    <button
                      type="button"
                      aria-disabled={adding.pending}
                      className="flex size-full flex-col gap-1 rounded-lg border border-line p-1.5 text-left hover:bg-raised"
                      onClick={() => adding.run({ productId: product.id, masterId: id }, onClose)}
                    >
                      <MasterPreview masterId={id} text="" size="small" />
                      <span className="wrap-anywhere">{name}</span>
                      <span className="text-caption wrap-anywhere text-muted">{stencilName}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
        <ActProblem error={adding.error} />
      </div>
      <DialogActions>
        <CancelButton />
      </DialogActions>
    </Dialog>
  );
};

export const AddDrawing = ({ product }: { product: Product }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Shapes aria-hidden />
        Add drawing
      </Button>
      {open && <AddDrawingDialog product={product} onClose={() => setOpen(false)} />}
    </>
  );
};

import type { Product } from '@legendops/catalog/contract';
import type { StencilMasterSummary } from '@legendops/catalog/stencil-library/contract';
import { useQuery } from '@tanstack/react-query';
import { AskFirst } from '../../components/ask-first.tsx';
import { MasterGrid, MasterTile } from '../../components/master-tile.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { mastersOfProduct } from '../../lib/queries/stencils.ts';
import { useMay } from '../../lib/session.ts';
import { AddDrawing } from './add-drawing.tsx';
import { useRemoveDrawing } from './product-acts.ts';

/** The shapes of stencils that draw a product in diagrams. */
export const ProductDrawings = ({ product }: { product: Product }) => {
  const mayWrite = useMay('product.write');
  return (
    <Section title="Drawings in diagrams" actions={mayWrite && <AddDrawing product={product} />}>
      <QueryView query={useQuery(mastersOfProduct(product.id))}>
        {(masters) =>
          masters.length === 0 ? (
            <p className="text-muted">No shape of a stencil draws it.</p>
          ) : (
            <MasterGrid label="Drawings in diagrams">
              {masters.map((master) => (
                <MasterTile
                  key={master.id}
                  master={master}
                  about={`${master.stencilName}, version ${master.number}`}
                  action={mayWrite && <RemoveDrawing product={product} master={master} />}
                />
              ))}
            </MasterGrid>
          )
        }
      </QueryView>
    </Section>
  );
};

const RemoveDrawing = ({ product, master }: { product: Product; master: StencilMasterSummary }) => (
  <AskFirst
    subject={{ productId: product.id, master }}
    act={useRemoveDrawing()}
    look="quiet"
    label={`Take away ${master.name}`}
    renderQuestion={() => ({
      title: `Draw ${product.name} by ${master.name} no more?`,
      confirm: 'Take away',
      look: 'danger',
      body: <p>The stencil keeps the shape.</p>,
    })}
  >
    Take away
  </AskFirst>
);

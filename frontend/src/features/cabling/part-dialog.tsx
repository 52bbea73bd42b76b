import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Dialog } from '../../components/dialog.tsx';
import { placeOf } from '../../lib/problem.ts';
import { newKey, useChangeDesign, withThing } from './design-acts.ts';
import { partSchema } from './design-schemas.ts';
import { ProductChoice } from './product-choice.tsx';
import { productIn, ThingForm } from './thing-form.tsx';

/** What is needed beside cables and pathways: modules, panels, hours. */
export const PartDialog = ({ design, onClose }: { design: CablingDesign; onClose: () => void }) => {
  const changing = useChangeDesign();
  const { content } = design;
  return (
    <Dialog title="Add part" act={changing} onClose={onClose}>
      <ProductChoice
        label="Product of the catalog"
        name="productId"
        chosenId={null}
        required
        error={placeOf(changing.error, 'productId')}
      >
        {(choice) => (
          <ThingForm
            draft={`cabling.part ${design.id}`}
            confirm="Add part"
            schema={partSchema}
            act={changing}
            onInput={(input, form) => {
              const thing = { ...input, productId: productIn(form, 'productId'), key: newKey(content.parts) };
              changing.run({ design, change: { content: withThing(content, 'parts', thing) } }, onClose);
            }}
          >
            {choice}
          </ThingForm>
        )}
      </ProductChoice>
    </Dialog>
  );
};

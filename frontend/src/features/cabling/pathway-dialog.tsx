import type { Pathway } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Dialog } from '../../components/dialog.tsx';
import { newKey, useChangeDesign, withThing } from './design-acts.ts';
import { pathwaySchema } from './design-schemas.ts';
import { LinkChoices, linksIn } from './link-choices.tsx';
import { ProductChoice } from './product-choice.tsx';
import { productIn, ThingForm } from './thing-form.tsx';

interface PathwayDialogProps {
  design: CablingDesign;
  kind: 'conduit' | 'tray';
  pathway?: Pathway;
  onClose: () => void;
}

export const PathwayDialog = ({ design, kind, pathway, onClose }: PathwayDialogProps) => {
  const changing = useChangeDesign();
  const { content } = design;
  const offered = content.links.map(({ key }) => key);
  return (
    <Dialog title={pathway === undefined ? `Add ${kind}` : `Change ${pathway.name}`} act={changing} onClose={onClose}>
      <ProductChoice label="Product of the catalog" name="productId" chosenId={pathway?.productId ?? null}>
        {(choice) => (
          <ThingForm
            draft={`cabling.pathway ${kind} ${pathway?.key ?? ''} ${design.id}`}
            confirm={pathway === undefined ? `Add ${kind}` : 'Save pathway'}
            schema={pathwaySchema(kind)}
            said={pathway}
            act={changing}
            onInput={(input, form) => {
              const thing = {
                ...input,
                key: pathway?.key ?? newKey(content.pathways),
                links: linksIn(form, offered),
                productId: productIn(form, 'productId'),
              };
              changing.run({ design, change: { content: withThing(content, 'pathways', thing) } }, onClose);
            }}
          >
            {choice}
            <LinkChoices
              legend="Links that run in it"
              design={design}
              offered={offered}
              chosen={pathway?.links ?? []}
              error={changing.error}
            />
          </ThingForm>
        )}
      </ProductChoice>
    </Dialog>
  );
};

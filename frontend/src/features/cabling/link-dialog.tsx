import type { DesignContent, Link } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { newKey, useChangeDesign, withThing } from './design-acts.ts';
import { linkSchema } from './design-schemas.ts';
import { ProductChoice } from './product-choice.tsx';
import { productIn, ThingForm } from './thing-form.tsx';

interface LinkDialogProps {
  design: CablingDesign;
  kind: 'copper' | 'fibre';
  /** The one to change; without it new ones are added. */
  link?: Link;
  onClose: () => void;
}

const mostAtOnce = 48;

const countIn = (form: FormData): number => {
  const count = Number(form.get('count') ?? 1);
  return Number.isInteger(count) && count >= 1 && count <= mostAtOnce ? count : 1;
};

interface SaidLink extends Record<string, unknown> {
  from?: { port?: unknown };
  to?: unknown;
}

/** The same cable to the next ports, so many times; each outlet gets its number. */
const withLinks = (content: DesignContent, said: SaidLink, count: number): DesignContent => {
  let after = content;
  for (let index = 0; index < count; index += 1) {
    const port = Number(said.from?.port) + index;
    const numbered =
      index === 0 && count === 1 ? {} : { from: { ...said.from, port }, to: `${String(said.to)} ${index + 1}` };
    after = withThing(after, 'links', { ...said, ...numbered, key: newKey(after.links) });
  }
  return after;
};

export const LinkDialog = ({ design, kind, link, onClose }: LinkDialogProps) => {
  const changing = useChangeDesign();
  const label = design.labels.find(({ key }) => key === link?.key)?.id;
  const title = label === undefined ? `Add ${kind} links` : `Change link ${label}`;
  return (
    <Dialog title={title} act={changing} onClose={onClose}>
      <ProductChoice label="Cable of the catalog" name="cableProductId" chosenId={link?.cableProductId ?? null}>
        {(choice) => (
          <ThingForm
            draft={`cabling.link ${kind} ${link?.key ?? ''} ${design.id}`}
            confirm={link === undefined ? 'Add links' : 'Save link'}
            schema={linkSchema(kind)}
            said={link}
            act={changing}
            onInput={(input, form) => {
              const said = { ...input, cableProductId: productIn(form, 'cableProductId') };
              const content =
                link === undefined
                  ? withLinks(design.content, said, countIn(form))
                  : withThing(design.content, 'links', { ...said, key: link.key });
              changing.run({ design, change: { content } }, onClose);
            }}
          >
            {choice}
            {link === undefined && (
              <TextField
                label="How many such links"
                name="count"
                type="number"
                min={1}
                max={mostAtOnce}
                required
                defaultValue={1}
                hint="To the next ports, each outlet with its number."
              />
            )}
          </ThingForm>
        )}
      </ProductChoice>
    </Dialog>
  );
};

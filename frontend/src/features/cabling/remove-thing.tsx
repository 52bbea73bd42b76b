import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Trash2 } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import type { Act } from '../../lib/act/use-act.ts';
import { useChangeDesign, withoutThing } from './design-acts.ts';

interface RemoveThingProps {
  design: CablingDesign;
  list: 'links' | 'pathways' | 'feeds' | 'parts';
  thing: string;
  name: string;
}

/** Takes one thing out of the design, after a question. */
export const RemoveThing = ({ design, list, thing, name }: RemoveThingProps) => {
  const changing = useChangeDesign();
  const removing: Act<CablingDesign, CablingDesign> = {
    ...changing,
    run: (seen, then) =>
      changing.run({ design: seen, change: { content: withoutThing(seen.content, list, thing) } }, then),
  };
  return (
    <AskFirst
      subject={design}
      act={removing}
      look="quiet"
      label={`Remove ${name}`}
      renderQuestion={() => ({
        title: `Remove ${name}?`,
        confirm: 'Remove from design',
        look: 'danger',
        body: <p>The rest of the design is computed anew without it.</p>,
      })}
    >
      <Trash2 aria-hidden />
    </AskFirst>
  );
};

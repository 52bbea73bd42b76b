import type { Feed } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField } from '../../components/fields.tsx';
import { QueryView } from '../../components/query-view.tsx';
import type { Schema } from '../../components/schema.ts';
import { calculators } from '../../lib/queries/catalog.ts';
import { newKey, useChangeDesign, withThing } from './design-acts.ts';
import { poeSourceSchema } from './design-schemas.ts';
import { LinkChoices, linksIn } from './link-choices.tsx';
import { ThingForm } from './thing-form.tsx';

interface FeedDialogProps {
  design: CablingDesign;
  kind: 'poe' | 'supply';
  feed?: Feed;
  onClose: () => void;
}

export const FeedDialog = ({ kind, ...props }: FeedDialogProps) =>
  kind === 'poe' ? <PoeSourceDialog {...props} /> : <SupplyDialog {...props} />;

const titleOf = (what: string, feed: Feed | undefined): string =>
  feed === undefined ? `Add ${what}` : `Change ${feed.name}`;

const PoeSourceDialog = ({ design, feed, onClose }: Omit<FeedDialogProps, 'kind'>) => {
  const changing = useChangeDesign();
  const { content } = design;
  const offered = content.links.flatMap(({ key, copper }) =>
    copper === null || copper.poeClass === null ? [] : [key],
  );
  return (
    <Dialog title={titleOf('PoE source', feed)} act={changing} onClose={onClose}>
      {offered.length === 0 && (
        <p className="mb-3 text-muted">No copper link has a class of a device that it feeds yet.</p>
      )}
      <ThingForm
        draft={`cabling.poe ${feed?.key ?? ''} ${design.id}`}
        confirm={feed === undefined ? 'Add PoE source' : 'Save PoE source'}
        schema={poeSourceSchema}
        said={feed}
        act={changing}
        onInput={({ name, poeSource }, form) => {
          const source = { ...(poeSource as object), links: linksIn(form, offered) };
          const thing = { name, poeSource: source, key: feed?.key ?? newKey(content.feeds) };
          changing.run({ design, change: { content: withThing(content, 'feeds', thing) } }, onClose);
        }}
      >
        <LinkChoices
          legend="Links that it feeds"
          design={design}
          offered={offered}
          chosen={feed?.poeSource?.links ?? []}
          error={changing.error}
        />
      </ThingForm>
    </Dialog>
  );
};

const supplies = ['device-supply', 'voltage-drop', 'ampacity', 'ups-runtime'] as const;

const SupplyDialog = ({ design, feed, onClose }: Omit<FeedDialogProps, 'kind'>) => {
  const changing = useChangeDesign();
  const { content } = design;
  const [chosen, setChosen] = useState(feed?.calculation?.calculator ?? 'device-supply');
  return (
    <Dialog title={titleOf('supply', feed)} act={changing} onClose={onClose}>
      <QueryView query={useQuery(calculators)}>
        {(all) => {
          const input = (all.find(({ id }) => id === chosen)?.input ?? {}) as Schema;
          const schema: Schema = {
            type: 'object',
            required: ['name', 'input'],
            properties: { name: { type: 'string', description: 'Name' }, input: { ...input, description: 'Supply' } },
          };
          return (
            <>
              <div className="mb-3">
                <SelectField
                  label="What is to be computed"
                  value={chosen}
                  onChange={({ currentTarget: { value } }) =>
                    setChosen(supplies.find((one) => one === value) ?? 'device-supply')
                  }
                >
                  {supplies.map((id) => (
                    <option key={id} value={id}>
                      {all.find((one) => one.id === id)?.title ?? id}
                    </option>
                  ))}
                </SelectField>
              </div>
              <ThingForm
                key={chosen}
                draft={`cabling.supply ${chosen} ${feed?.key ?? ''} ${design.id}`}
                confirm={feed === undefined ? 'Add supply' : 'Save supply'}
                schema={schema}
                said={feed?.calculation?.calculator === chosen ? { name: feed.name, ...feed.calculation } : undefined}
                act={changing}
                onInput={({ name, input: given }) => {
                  const calculation = { calculator: chosen, input: given };
                  const thing = { name, calculation, key: feed?.key ?? newKey(content.feeds) };
                  changing.run({ design, change: { content: withThing(content, 'feeds', thing) } }, onClose);
                }}
              />
            </>
          );
        }}
      </QueryView>
    </Dialog>
  );
};

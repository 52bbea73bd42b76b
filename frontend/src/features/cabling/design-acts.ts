import {
  CablingDesign,
  type CablingDesignChange,
  type NewCablingDesign,
} from '@legendops/catalog/cabling-design/contract';
import type { DesignContent } from '@legendops/catalog/cabling-content/contract';
import { api } from '../../lib/api.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh } from '../../lib/cache.ts';
import { designById, designsPath } from '../../lib/queries/cabling.ts';
import { queryClient } from '../../lib/query-client.ts';

const shown = (design: CablingDesign): void => {
  queryClient.setQueryData(designById(design.id).queryKey, design);
  putRow(designsPath, design);
};
const readAgain = ({ design: { id } }: { design: CablingDesign }) =>
  void queryClient.invalidateQueries({ queryKey: [designsPath, id] });

const addDesign: ActKind<NewCablingDesign, CablingDesign> = {
  request: (body) => ({ method: 'POST', path: designsPath, body }),
  answer: CablingDesign,
  done: () => void refresh(designsPath),
};
export const useAddDesign = () => useAct(addDesign);

interface SeenDesign {
  design: CablingDesign;
  change: CablingDesignChange;
}

const changeDesign: ActKind<SeenDesign, CablingDesign> = {
  request: ({ design: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${designsPath}/${id}`,
    body,
    version,
  }),
  answer: CablingDesign,
  done: shown,
  refused: readAgain,
  readBack: ({ design: { id } }) => api.request({ method: 'GET', path: `${designsPath}/${id}` }, CablingDesign),
};
export const useChangeDesign = () => useAct(changeDesign);

const computeAnew: ActKind<{ design: CablingDesign }, CablingDesign> = {
  request: ({ design: { id, version } }) => ({ method: 'PUT', path: `${designsPath}/${id}/recalculation`, version }),
  answer: CablingDesign,
  done: shown,
  refused: readAgain,
};
export const useComputeAnew = () => useAct(computeAnew);

const removeDesign: ActKind<CablingDesign, void> = {
  request: ({ id, version }) => ({ method: 'DELETE', path: `${designsPath}/${id}`, version }),
  answer: null,
  done: (_, { id }) => dropRow(designsPath, id),
  refused: (design) => readAgain({ design }),
};
export const useRemoveDesign = () => useAct(removeDesign);

/** Saves a design as a file: on paper, its bill, or its links with their labels. */
export const useSaveDesign = ({ id, name }: CablingDesign, what: 'pdf' | 'bill' | 'links') =>
  useSaveFile(`${designsPath}/${id}/${what}`, what === 'pdf' ? `${name}.pdf` : `${name} ${what}.csv`);

/** A thing of a design, with a key that none of its list has. */
export const newKey = (things: readonly { key: string }[]): string => {
  let number = things.length + 1;
  while (things.some(({ key }) => key === `n${number}`)) number += 1;
  return `n${number}`;
};

type ListName = 'links' | 'pathways' | 'feeds' | 'parts';
interface Thing {
  key: string;
}

/** The content with a thing in place of the one with its key, or after the others. */
export const withThing = (content: DesignContent, list: ListName, thing: Thing): DesignContent => {
  const before: readonly Thing[] = content[list];
  const isThere = before.some(({ key }) => key === thing.key);
  const after = isThere ? before.map((one) => (one.key === thing.key ? thing : one)) : [...before, thing];
  // The service says what is wrong with it, by field.
  return { ...content, [list]: after };
};

/** Without a thing; what a link was part of goes on without it. */
export const withoutThing = (content: DesignContent, list: ListName, gone: string): DesignContent => {
  const without = { ...content, [list]: (content[list] as readonly Thing[]).filter(({ key }) => key !== gone) };
  if (list !== 'links') return without;
  const others = (keys: readonly string[]) => keys.filter((key) => key !== gone);
  return {
    ...without,
    pathways: without.pathways.map((one) => ({ ...one, links: others(one.links) })),
    feeds: without.feeds.flatMap((one) => {
      if (one.poeSource === null) return [one];
      const links = others(one.poeSource.links);
      // A source of nothing is none.
      return links.length === 0 ? [] : [{ ...one, poeSource: { ...one.poeSource, links } }];
    }),
  };
};

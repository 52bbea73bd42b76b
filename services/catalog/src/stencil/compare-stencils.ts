import { isDeepStrictEqual } from 'node:util';
import type { StencilMaster } from './master.ts';

export interface ChangedMaster {
  before: StencilMaster;
  after: StencilMaster;
  fields: (keyof StencilMaster)[];
}

export interface StencilComparison {
  added: StencilMaster[];
  removed: StencilMaster[];
  changed: ChangedMaster[];
  same: number;
}

/** The UniqueID is new with every change of a master's shapes in some stencils: then its BaseID tells that it is the same. */
const pairUp = (before: readonly StencilMaster[], after: readonly StencilMaster[], key: 'uniqueId' | 'baseId') => {
  // An ID that is there twice (BaseIDs are, in real files) tells nothing.
  const once = (masters: readonly StencilMaster[]): Map<string, StencilMaster> => {
    const counts = Map.groupBy(masters, (master) => master[key]);
    return new Map(
      [...counts].flatMap(([id, [only, ...others]]) => (id && only && others.length === 0 ? [[id, only]] : [])),
    );
  };
  const olds = once(before);
  return [...once(after)].flatMap(([id, master]) => {
    const old = olds.get(id);
    return old ? [[old, master] as const] : [];
  });
};

/** What became of each master from one version of a stencil to the next, in the order of the files. */
export const compareStencils = (
  before: readonly StencilMaster[],
  after: readonly StencilMaster[],
): StencilComparison => {
  const oldOf = new Map<StencilMaster, StencilMaster>();
  for (const key of ['uniqueId', 'baseId'] as const) {
    const matched = new Set(oldOf.values());
    const [left, right] = [before.filter((one) => !matched.has(one)), after.filter((one) => !oldOf.has(one))];
    for (const [old, master] of pairUp(left, right, key)) oldOf.set(master, old);
  }
  const kept = new Set(oldOf.values());
  const changed = [...oldOf].flatMap(([master, old]): ChangedMaster[] => {
    const fields = (Object.keys(master) as (keyof StencilMaster)[]).filter(
      (field) => !isDeepStrictEqual(master[field], old[field]),
    );
    return fields.length > 0 ? [{ before: old, after: master, fields }] : [];
  });
  return {
    added: after.filter((master) => !oldOf.has(master)),
    removed: before.filter((master) => !kept.has(master)),
    changed: changed.toSorted((a, b) => after.indexOf(a.after) - after.indexOf(b.after)),
    same: oldOf.size - changed.length,
  };
};

import { isDeepStrictEqual } from 'node:util';
import type { StencilMaster } from './master.ts';

export interface ChangedMaster<Master> {
  before: Master;
  after: Master;
  fields: (keyof Master)[];
}

export interface StencilComparison<Master> {
  added: Master[];
  removed: Master[];
  changed: ChangedMaster<Master>[];
  same: number;
}

/** What tells masters apart from one version to the next. */
type Identified = Pick<StencilMaster, 'uniqueId' | 'baseId'>;

/** The UniqueID is new with every change of a master's shapes in some stencils: then its BaseID tells that it is the same. */
const pairUp = <Master extends Identified>(
  before: readonly Master[],
  after: readonly Master[],
  key: keyof Identified,
) => {
  // An ID that is there twice (BaseIDs are, in real files) tells nothing.
  const once = (masters: readonly Master[]): Map<string, Master> => {
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

/** Of each master of the later version the one that it was in the earlier one, if it is the same at all. */
export const matchMasters = <Master extends Identified>(
  before: readonly Master[],
  after: readonly Master[],
): Map<Master, Master> => {
  const oldOf = new Map<Master, Master>();
  for (const key of ['uniqueId', 'baseId'] as const) {
    const matched = new Set(oldOf.values());
    const [left, right] = [before.filter((one) => !matched.has(one)), after.filter((one) => !oldOf.has(one))];
    for (const [old, master] of pairUp(left, right, key)) oldOf.set(master, old);
  }
  return oldOf;
};

/** What became of each master from one version of a stencil to the next, in the order of the files. */
export const compareStencils = <Master extends Identified>(
  before: readonly Master[],
  after: readonly Master[],
): StencilComparison<Master> => {
  const oldOf = matchMasters(before, after);
  const kept = new Set(oldOf.values());
  const changed = after.flatMap((master): ChangedMaster<Master>[] => {
    const old = oldOf.get(master);
    if (old === undefined) return [];
    const fields = (Object.keys(master) as (keyof Master)[]).filter(
      (field) => !isDeepStrictEqual(master[field], old[field]),
    );
    return fields.length > 0 ? [{ before: old, after: master, fields }] : [];
  });
  return {
    added: after.filter((master) => !oldOf.has(master)),
    removed: before.filter((master) => !kept.has(master)),
    changed,
    same: oldOf.size - changed.length,
  };
};

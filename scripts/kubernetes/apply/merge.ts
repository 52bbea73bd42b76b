import { ownEntry } from '@legendops/kit/contract/own-entry';
import { isObject, setEntry } from '../object/kube-object.ts';
import { isAtomic, schemaOfKey, type Schema } from '../schema/schema.ts';
import type { FieldTree } from './field-tree.ts';
import { itemKey } from './fields-of.ts';

/** The live value with an applied configuration laid over it. */
export const merge = (live: unknown, applied: unknown, schema: Schema | undefined): unknown => {
  if (live === undefined || live === null || isAtomic(schema, applied)) return applied;
  if (Array.isArray(applied)) return Array.isArray(live) && schema ? mergeLists(live, applied, schema) : applied;
  if (!isObject(applied) || !isObject(live)) return applied;
  const result = { ...live };
  for (const [key, value] of Object.entries(applied)) {
    if (value === null) delete result[key];
    else setEntry(result, key, merge(ownEntry(live, key), value, schemaOfKey(schema, key)));
  }
  return result;
};

/** Items that were there keep their place, changed or not; new ones follow. */
const mergeLists = (live: readonly unknown[], applied: readonly unknown[], schema: Schema): unknown[] => {
  const wanted = new Map(applied.map((item) => [itemKey(schema, item), item]));
  const kept = live.map((item) => {
    const key = itemKey(schema, item);
    const change = wanted.get(key);
    wanted.delete(key);
    return change === undefined ? item : merge(item, change, schema.items);
  });
  return [...kept, ...wanted.values()];
};

/** Takes away what a manager applied before and does not any longer, unless someone else claims it or a part of it. */
export const removeAbandoned = (
  value: unknown,
  { before, claimed }: { before: FieldTree; claimed: FieldTree | undefined },
  schema: Schema | undefined,
): unknown => {
  if (isAtomic(schema, value)) return value;
  if (Array.isArray(value) && schema) {
    return value.flatMap((item) => {
      const key = itemKey(schema, item);
      const owned = before.children.get(key);
      if (!owned) return [item];
      const others = claimed?.children.get(key);
      return others ? [removeAbandoned(item, { before: owned, claimed: others }, schema.items)] : [];
    });
  }
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const owned = before.children.get(`f:${key}`);
    const others = claimed?.children.get(`f:${key}`);
    if (!owned) setEntry(result, key, child);
    else if (others) {
      const kept = removeAbandoned(child, { before: owned, claimed: others }, schemaOfKey(schema, key));
      setEntry(result, key, kept);
    }
  }
  return result;
};

import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../object/kube-object.ts';
import { isAtomic, isKeyedList, keyOfItem, propertyOf, schemaOfKey, type Schema } from '../schema/schema.ts';
import { childOf, emptyTree, type FieldTree } from './field-tree.ts';

export const itemKey = (schema: Schema, item: unknown): string =>
  isKeyedList(schema) && isObject(item) ? `k:${JSON.stringify(keyOfItem(schema, item))}` : `v:${JSON.stringify(item)}`;

/** The fields that an applied configuration claims. */
export const fieldsOf = (value: unknown, schema: Schema | undefined): FieldTree => {
  const tree = emptyTree();
  collect(value, schema, tree);
  tree.member = false;
  return tree;
};

const collect = (value: unknown, schema: Schema | undefined, tree: FieldTree): void => {
  if (isAtomic(schema, value)) tree.member = true;
  else if (Array.isArray(value) && schema) {
    for (const item of value) {
      const child = childOf(tree, itemKey(schema, item));
      child.member = true;
      if (isObject(item)) collectFields(item, schema.items, child);
    }
  } else if (isObject(value)) {
    if (Object.keys(value).length === 0) tree.member = true;
    collectFields(value, schema, tree);
  } else tree.member = true;
};

const collectFields = (value: Record<string, unknown>, schema: Schema | undefined, tree: FieldTree): void => {
  for (const [key, child] of Object.entries(value)) {
    const known = schemaOfKey(schema, key);
    // A list without items claims nothing.
    if (Array.isArray(child) && child.length === 0 && !isAtomic(known, child)) continue;
    const node = childOf(tree, `f:${key}`);
    collect(child, known, node);
    if (!propertyOf(schema, key)) node.member = true;
  }
};

/** Added and changed fields on one side, removed ones on the other. */
export type Difference = { changed: FieldTree; removed: FieldTree };

export const compare = (before: unknown, after: unknown, schema: Schema | undefined): Difference => {
  const difference = { changed: emptyTree(), removed: emptyTree() };
  compareValues({ before, after, schema }, difference);
  return difference;
};

type Pair = { before: unknown; after: unknown; schema: Schema | undefined };

const compareValues = ({ before, after, schema }: Pair, { changed, removed }: Difference): void => {
  if (isDeepStrictEqual(before, after)) return;
  const value = after ?? before;
  const sameShape = before === undefined || after === undefined || Array.isArray(before) === Array.isArray(after);
  const isContainer = Array.isArray(value) || isObject(value);
  if (!isContainer || !sameShape || isAtomic(schema, value)) {
    if (after === undefined) removed.member = true;
    else changed.member = true;
    return;
  }
  if (before === undefined) changed.member = true;
  if (after === undefined) removed.member = true;
  for (const [key, child] of childrenOf(before, after, schema)) {
    const difference = { changed: emptyTree(), removed: emptyTree() };
    compareValues(child, difference);
    if (difference.changed.member || difference.changed.children.size > 0)
      changed.children.set(key, difference.changed);
    if (difference.removed.member || difference.removed.children.size > 0)
      removed.children.set(key, difference.removed);
  }
};

const childrenOf = (before: unknown, after: unknown, schema: Schema | undefined): Map<string, Pair> => {
  const children = new Map<string, Pair>();
  const add = (side: 'before' | 'after', value: unknown): void => {
    if (Array.isArray(value) && schema)
      for (const item of value) {
        const pair = pairAt(children, itemKey(schema, item), schema.items);
        pair[side] ??= item;
      }
    else if (isObject(value))
      for (const [key, child] of Object.entries(value))
        pairAt(children, `f:${key}`, schemaOfKey(schema, key))[side] = child;
  };
  add('before', before);
  add('after', after);
  return children;
};

const pairAt = (children: Map<string, Pair>, key: string, schema: Schema | undefined): Pair => {
  const pair = children.get(key) ?? { before: undefined, after: undefined, schema };
  children.set(key, pair);
  return pair;
};

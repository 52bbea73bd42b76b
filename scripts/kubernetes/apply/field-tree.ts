import { isObject, type JsonObject } from '../object/kube-object.ts';

/**
 * A set of fields, as a tree. Keys are those of `fieldsV1`: `f:name` a field, `k:{…}` an item of a list-map, `v:…` an
 * item of a set. `member` tells whether the field itself is in the set, not only something below it.
 */
export type FieldTree = { member: boolean; children: Map<string, FieldTree> };

export const emptyTree = (): FieldTree => ({ member: false, children: new Map() });

export const isEmptyTree = (tree: FieldTree): boolean => !tree.member && tree.children.size === 0;

export const childOf = (tree: FieldTree, key: string): FieldTree => {
  const known = tree.children.get(key);
  if (known) return known;
  const created = emptyTree();
  tree.children.set(key, created);
  return created;
};

export const fieldsV1Of = (tree: FieldTree): JsonObject => {
  const result: JsonObject = {};
  if (tree.member && tree.children.size > 0) result['.'] = {};
  for (const [key, child] of [...tree.children].sort(([a], [b]) => (a < b ? -1 : 1))) result[key] = fieldsV1Of(child);
  return result;
};

export const treeOfFieldsV1 = (fields: unknown, isRoot = true): FieldTree => {
  const tree = emptyTree();
  if (!isObject(fields)) return tree;
  const keys = Object.keys(fields);
  tree.member = !isRoot && (keys.length === 0 || keys.includes('.'));
  for (const key of keys) if (key !== '.') tree.children.set(key, treeOfFieldsV1(fields[key], false));
  return tree;
};

export const union = (a: FieldTree, b: FieldTree): FieldTree => {
  const result: FieldTree = { member: a.member || b.member, children: new Map(a.children) };
  for (const [key, child] of b.children) {
    const known = result.children.get(key);
    result.children.set(key, known ? union(known, child) : child);
  }
  return result;
};

export const without = (a: FieldTree, b: FieldTree): FieldTree => {
  const result: FieldTree = { member: a.member && !b.member, children: new Map() };
  for (const [key, child] of a.children) {
    const other = b.children.get(key);
    const rest = other ? without(child, other) : child;
    if (!isEmptyTree(rest)) result.children.set(key, rest);
  }
  return result;
};

export const intersection = (a: FieldTree, b: FieldTree): FieldTree => {
  const result: FieldTree = { member: a.member && b.member, children: new Map() };
  for (const [key, child] of a.children) {
    const other = b.children.get(key);
    const both = other ? intersection(child, other) : emptyTree();
    if (!isEmptyTree(both)) result.children.set(key, both);
  }
  return result;
};

/** Also drops what stands below a dropped field: when a field is gone, so is all in it. */
export const withoutBelow = (a: FieldTree, gone: FieldTree): FieldTree => {
  if (gone.member) return emptyTree();
  const result: FieldTree = { member: a.member, children: new Map() };
  for (const [key, child] of a.children) {
    const other = gone.children.get(key);
    const rest = other ? withoutBelow(child, other) : child;
    if (!isEmptyTree(rest)) result.children.set(key, rest);
  }
  return result;
};

/** The members as paths in the notation of conflict messages: `.spec.list[key="a"].field`. */
export const pathsOf = (tree: FieldTree, prefix = ''): string[] => [
  ...(tree.member && prefix !== '' ? [prefix] : []),
  ...[...tree.children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, child]) => pathsOf(child, prefix + shownKey(key))),
];

const shownKey = (key: string): string => {
  const text = key.slice(2);
  if (key.startsWith('f:')) return `.${text}`;
  if (key.startsWith('v:')) return `[=${text}]`;
  const parsed: unknown = JSON.parse(text);
  const pairs = Object.entries(isObject(parsed) ? parsed : {});
  return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
};

export const sameTree = (a: FieldTree, b: FieldTree): boolean =>
  a.member === b.member &&
  a.children.size === b.children.size &&
  [...a.children].every(([key, child]) => {
    const other = b.children.get(key);
    return other !== undefined && sameTree(child, other);
  });

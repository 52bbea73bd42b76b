import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../client/resource.ts';
import { fieldIn, type Difference } from './differences.ts';

/** Field names of a managed-fields entry: `f:name` a field, `k:{…}` an entry of a keyed list, `v:…` a value of a set. */
type FieldTree = { [step: string]: FieldTree };

interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  subresource?: string;
  fieldsV1?: FieldTree;
}

const childOf = (value: unknown, step: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (step.startsWith('f:')) return (value as Record<string, unknown>)[step.slice(2)];
  if (!step.startsWith('k:') || !Array.isArray(value)) return undefined;
  const key = Object.entries(JSON.parse(step.slice(2)) as Record<string, unknown>);
  return value.find((entry: Record<string, unknown>) =>
    // A key that has a default need not be spelled out, such as the protocol of a port.
    key.every(([name, value]) => entry[name] === value || entry[name] === undefined),
  );
};

const stepsOf = (tree: FieldTree): string[] =>
  Object.keys(tree).filter((step) => step.startsWith('f:') || step.startsWith('k:'));

/** `f:image` of `containers` as people write it; an entry of a list by its name, or else by its whole key. */
const stepIn = (field: string, step: string): string => {
  if (step.startsWith('f:')) return fieldIn(field, step.slice(2));
  const { name } = JSON.parse(step.slice(2)) as { name?: unknown };
  return `${field}[${typeof name === 'string' ? name : step.slice(2)}]`;
};

const beyond = (tree: FieldTree, actual: unknown, desired: unknown, field: string): Difference[] => {
  const steps = stepsOf(tree);
  // A leaf may be a whole map or list that has one owner, such as a selector: then it counts as a value.
  if (steps.length === 0)
    return typeof desired === 'object' && !isDeepStrictEqual(actual, desired) ? [{ field, desired, actual }] : [];
  return steps.flatMap((step) => {
    const [child, there] = [childOf(desired, step), childOf(actual, step)];
    const place = stepIn(field, step);
    return child === undefined
      ? [{ field: place, desired: undefined, actual: there }]
      : beyond(tree[step] ?? {}, there, child, place);
  });
};

const isOurs = ({ manager, operation }: ManagedFieldsEntry, fieldManager: string): boolean =>
  manager === fieldManager && operation === 'Apply';

const entriesOf = ({ metadata }: KubeObject): ManagedFieldsEntry[] =>
  ((metadata.managedFields ?? []) as ManagedFieldsEntry[]).filter(({ subresource }) => subresource === undefined);

const notIn = (tree: FieldTree, actual: unknown, desired: unknown, field: string): Difference[] =>
  stepsOf(tree).flatMap((step) => {
    const [child, there] = [childOf(desired, step), childOf(actual, step)];
    const place = stepIn(field, step);
    return child === undefined
      ? [{ field: place, desired: undefined, actual: there }]
      : notIn(tree[step] ?? {}, there, child, place);
  });

/**
 * Fields that we applied once and want no more, such as an authority that is believed no longer. Nothing that we want differs, and so
 * only the managed fields tell of them; an apply without them takes them away.
 */
export const leftFields = (actual: KubeObject, desired: KubeObject, fieldManager: string): Difference[] =>
  entriesOf(actual)
    .filter((entry) => isOurs(entry, fieldManager))
    .flatMap(({ fieldsV1 = {} }) => notIn(fieldsV1, actual, desired, ''));

/**
 * Fields that somebody put beside ours into a part of the object that is wholly ours, such as a command into the
 * container of our job. To compare values cannot tell these from the server's defaults; the managed fields can.
 */
export const foreignFields = (actual: KubeObject, desired: KubeObject, fieldManager: string): Difference[] => {
  const { metadata: _, apiVersion: __, kind: ___, ...parts } = desired;
  return entriesOf(actual)
    .filter((entry) => !isOurs(entry, fieldManager))
    .flatMap(({ fieldsV1 = {} }) =>
      Object.entries(parts).flatMap(([part, value]) => {
        const tree = fieldsV1[`f:${part}`];
        return tree === undefined ? [] : beyond(tree, childOf(actual, `f:${part}`), value, part);
      }),
    );
};

import { isObject, setEntry } from '../object/kube-object.ts';
import { childPath, schemaOfKey, type Schema } from './schema.ts';

export type Pruned<T> = { value: T; unknown: string[] };

/** Drops what the schema does not know, and names it. Free-form parts stay as they are. */
export const pruneUnknown = <T>(value: T, schema: Schema): Pruned<T> => {
  const unknown: string[] = [];
  const pruned = prune(value, schema, '', unknown) as T;
  return { value: pruned, unknown: unknown.sort() };
};

const embedded = new Set(['apiVersion', 'kind', 'metadata']);

const prune = (value: unknown, schema: Schema, path: string, unknown: string[]): unknown => {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, index) => prune(item, items, `${path}[${index}]`, unknown)) : value;
  }
  if (!isObject(value)) return value;
  if (!schema.properties && schema.additionalProperties === undefined && schema.type !== 'object') return value;
  const keepsAll = schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
  const result: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const known = schemaOfKey(schema, key);
    if (known) setEntry(result, key, prune(child, known, childPath(path, key), unknown));
    else if (keepsAll || (schema['x-kubernetes-embedded-resource'] && embedded.has(key))) setEntry(result, key, child);
    else unknown.push(childPath(path, key));
  }
  return result;
};

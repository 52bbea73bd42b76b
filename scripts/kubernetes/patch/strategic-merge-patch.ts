import { isDeepStrictEqual } from 'node:util';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { isObject, setEntry, type JsonObject } from '../object/kube-object.ts';
import { schemaOfKey, type Schema } from '../schema/schema.ts';

const directive = '$patch';
const deletedPrimitives = '$deleteFromPrimitiveList/';
const elementOrder = '$setElementOrder/';
const retainKeys = '$retainKeys';

/** Kubernetes' own patch for built-in kinds: lists merge by the key that the schema names. */
export const strategicMergePatch = (target: unknown, patch: unknown, schema: Schema | undefined): unknown => {
  if (!isObject(patch)) return patch;
  const { [directive]: how, [retainKeys]: retained, ...changes } = patch;
  if (how === 'replace') return changes;
  if (how === 'delete') return {};
  const result: JsonObject = isObject(target) ? { ...target } : {};
  if (Array.isArray(retained)) for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  for (const [key, value] of Object.entries(changes)) applyChange(result, { key, value }, schema);
  for (const [key, order] of Object.entries(changes))
    if (key.startsWith(elementOrder) && Array.isArray(order))
      reorder(result, key.slice(elementOrder.length), order, schema);
  return result;
};

const applyChange = (
  result: JsonObject,
  { key, value }: { key: string; value: unknown },
  schema: Schema | undefined,
): void => {
  if (key.startsWith(elementOrder)) return;
  if (key.startsWith(deletedPrimitives)) {
    const list = key.slice(deletedPrimitives.length);
    const gone = Array.isArray(value) ? value : [];
    const current = ownEntry(result, list);
    if (Array.isArray(current)) result[list] = current.filter((item) => !gone.includes(item));
    return;
  }
  if (value === null) delete result[key];
  else {
    const live = ownEntry(result, key);
    const known = schemaOfKey(schema, key);
    setEntry(
      result,
      key,
      Array.isArray(value) ? mergeList(live, value, known) : strategicMergePatch(live, value, known),
    );
  }
};

const merges = (schema: Schema | undefined): boolean =>
  schema?.['x-kubernetes-patch-strategy']?.split(',').includes('merge') ?? false;

const mergeList = (target: unknown, patch: unknown[], schema: Schema | undefined): unknown[] => {
  const live: unknown[] = Array.isArray(target) ? target : [];
  if (patch.some((item) => isObject(item) && item[directive] === 'replace'))
    return patch.filter((item) => !isObject(item) || item[directive] === undefined);
  if (!merges(schema)) return patch;
  const mergeKey = schema?.['x-kubernetes-patch-merge-key'];
  if (mergeKey === undefined) return [...live, ...patch.filter((item) => !live.includes(item))];
  let result = [...live];
  for (const item of patch) {
    if (!isObject(item)) continue;
    const index = result.findIndex((other) => isObject(other) && isDeepStrictEqual(other[mergeKey], item[mergeKey]));
    if (item[directive] === 'delete') result = result.filter((_, at) => at !== index);
    else if (index === -1) result.push(strategicMergePatch({}, item, schema?.items));
    else result[index] = strategicMergePatch(result[index], item, schema?.items);
  }
  return result;
};

const reorder = (result: JsonObject, key: string, order: unknown[], schema: Schema | undefined): void => {
  const list = ownEntry(result, key);
  const mergeKey = schemaOfKey(schema, key)?.['x-kubernetes-patch-merge-key'];
  if (!Array.isArray(list)) return;
  const keyOf = (item: unknown): unknown => (mergeKey !== undefined && isObject(item) ? item[mergeKey] : item);
  const place = new Map(order.map((item, index) => [keyOf(item), index]));
  const at = (item: unknown): number => place.get(keyOf(item)) ?? Number.MAX_SAFE_INTEGER;
  result[key] = list.toSorted((a, b) => at(a) - at(b));
};

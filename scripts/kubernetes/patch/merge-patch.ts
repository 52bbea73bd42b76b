import { ownEntry } from '@legendops/kit/contract/own-entry';
import { isObject, setEntry } from '../object/kube-object.ts';

/** RFC 7396. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else setEntry(result, key, mergePatch(ownEntry(result, key), value));
  }
  return result;
};

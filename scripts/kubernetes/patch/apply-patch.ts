import { applyPatch, type Operation } from 'rfc6902';
import { ApiError, badRequest } from '../object/api-error.ts';
import { copyOf, type KubeObject } from '../object/kube-object.ts';
import type { Schema } from '../schema/schema.ts';
import { mergePatch } from './merge-patch.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

export type PatchKind = 'json' | 'merge' | 'strategic';

/** The object as a patch would have it. */
export const patched = (
  live: KubeObject,
  patch: unknown,
  { kind, schema }: { kind: PatchKind; schema: Schema },
): KubeObject => {
  if (kind === 'merge') return mergePatch(live, patch) as KubeObject;
  if (kind === 'strategic') return strategicMergePatch(live, patch, schema) as KubeObject;
  if (!Array.isArray(patch))
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  const target = copyOf(live);
  const failure = applyPatch(target, patch as Operation[]).find((error) => error !== null);
  if (failure) throw refused(patch, failure);
  return target;
};

const refused = (patch: readonly unknown[], failure: Error): ApiError =>
  failure.name === 'TestError'
    ? new ApiError(
        422,
        'Invalid',
        `the server rejected our request due to an error in our request: testing value failed: ${failure.message}`,
        {},
      )
    : new ApiError(
        422,
        'Invalid',
        `the server rejected our request due to an error in our request: ${failure.name} in ${JSON.stringify(patch)}`,
        {},
      );

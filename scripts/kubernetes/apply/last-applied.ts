import { isObject, type KubeObject } from '../object/kube-object.ts';
import type { Schema } from '../schema/schema.ts';
import { emptyTree, without, type FieldTree } from './field-tree.ts';
import { compare, fieldsOf } from './fields-of.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What kubectl has applied by itself and still stands: its server-side apply goes on with that, whoever the fields are
 * said to belong to. A field that somebody has changed since is a conflict as ever.
 */
export const stillAsLastApplied = (live: KubeObject | undefined, schema: Schema): FieldTree => {
  const last = parsed(live?.metadata.annotations?.[annotation] ?? '');
  if (!live || !isObject(last)) return emptyTree();
  return without(fieldsOf(last, schema), compare(live, last, schema).changed);
};

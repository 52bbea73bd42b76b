import { copyOf, isObject } from '../object/kube-object.ts';
import { propertyOf, type Schema } from './schema.ts';

/** Fills in what the schema defaults, in place, at any depth; a default is itself defaulted. */
export const applyDefaults = (value: unknown, schema: Schema): void => {
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) applyDefaults(item, schema.items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    // A null where null is not allowed counts as absent.
    if (value[key] === null && property.nullable !== true) delete value[key];
    if (value[key] === undefined && property.default !== undefined) value[key] = copyOf(property.default);
    if (value[key] !== undefined) applyDefaults(value[key], property);
  }
  if (typeof schema.additionalProperties !== 'object') return;
  for (const [key, child] of Object.entries(value))
    if (!propertyOf(schema, key)) applyDefaults(child, schema.additionalProperties);
};

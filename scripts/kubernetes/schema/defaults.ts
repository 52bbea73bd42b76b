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
    // A null where null is not allowed counts as absent when there is a default.
    const missing = value[key] === undefined || (value[key] === null && property.nullable !== true);
    if (missing && property.default !== undefined) value[key] = copyOf(property.default);
    if (value[key] !== undefined) applyDefaults(value[key], property);
  }
  if (typeof schema.additionalProperties !== 'object') return;
  for (const [key, child] of Object.entries(value))
    if (!propertyOf(schema, key)) applyDefaults(child, schema.additionalProperties);
};

/** Takes a null away where null is not allowed and there is no default, in place, at any depth. */
export const dropNulls = (value: unknown, schema: Schema): void => {
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) dropNulls(item, schema.items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const isWrong = value[key] === null && property.nullable !== true && property.default === undefined;
    if (isWrong) delete value[key];
    else dropNulls(value[key], property);
  }
};

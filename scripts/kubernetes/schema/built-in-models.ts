import * as models from '@kubernetes/client-node';
import { atomicMaps, keyDefaults, listRules, quantityMaps } from './built-in-lists.ts';
import type { Schema } from './schema.ts';

type Attribute = { baseName: string; type: string; format: string };

const known = models as unknown as Record<string, { attributeTypeMap?: readonly Attribute[] } | undefined>;
const schemas = new Map<string, Schema>();

// Their shape contains itself or is free by nature: nothing below them is checked here.
const free = new Set(['V1JSONSchemaProps', 'any', 'object']);

/**
 * The schema of a built-in kind, from the attribute maps of the generated client: all fields with their types.
 * Required fields and formats are not in those maps; kinds check what matters themselves.
 */
export const builtInSchema = (model: string): Schema => {
  const done = schemas.get(model);
  if (done) return done;
  const properties: Record<string, Schema> = {};
  const schema: Schema = {
    type: 'object',
    model,
    properties,
    ...(atomicMaps.has(model) && { 'x-kubernetes-map-type': 'atomic' as const }),
  };
  schemas.set(model, schema);
  for (const attribute of known[model]?.attributeTypeMap ?? [])
    properties[attribute.baseName] = attributeSchema(model, attribute);
  return schema;
};

const attributeSchema = (model: string, { baseName, type, format }: Attribute): Schema => {
  const name = `${model}.${baseName}`;
  const schema: Schema = quantityMaps.has(name)
    ? { type: 'object', additionalProperties: { 'x-kubernetes-int-or-string': true } }
    : typeSchema(type, format);
  const rule = listRules[name];
  const byDefault = keyDefaults[name];
  return {
    ...schema,
    ...(byDefault !== undefined && { default: byDefault }),
    ...(atomicMaps.has(name) && { 'x-kubernetes-map-type': 'atomic' as const }),
    ...(rule?.keys && { 'x-kubernetes-list-type': 'map' as const, 'x-kubernetes-list-map-keys': rule.keys }),
    ...(rule?.set && { 'x-kubernetes-list-type': 'set' as const }),
    ...(rule?.strategy && { 'x-kubernetes-patch-strategy': rule.strategy }),
    ...(rule?.mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': rule.mergeKey }),
  };
};

const mapOf = /^\{ \[key: string\]: (.+?);? \}$/;
const listOf = /^Array<(.+)>$/;

const typeSchema = (type: string, format: string): Schema => {
  const list = listOf.exec(type)?.[1];
  if (list !== undefined) return { type: 'array', items: typeSchema(list, format) };
  const map = mapOf.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: typeSchema(map, format) };
  if (free.has(type)) return { 'x-kubernetes-preserve-unknown-fields': true };
  switch (type) {
    case 'string':
      return { type: 'string', ...(format !== '' && { format }) };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return format.startsWith('int') ? { type: 'integer', format } : { type: 'number', format };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { 'x-kubernetes-int-or-string': true };
    default:
      return builtInSchema(type);
  }
};

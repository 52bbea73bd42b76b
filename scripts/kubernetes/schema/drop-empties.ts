import { isObject, type JsonObject } from '../object/kube-object.ts';
import { schemaOfKey, type Schema } from './schema.ts';

const isEmpty = (value: unknown, schema: Schema): boolean => {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && schema.additionalProperties !== undefined && Object.keys(value).length === 0;
};

/** Takes empty lists and maps out of an object of a built-in kind: the API server stores neither. A struct such as `emptyDir: {}` stays. */
export const dropEmpties = (object: JsonObject, schema: Schema): void => {
  for (const [key, value] of Object.entries(object)) {
    const known = schemaOfKey(schema, key);
    if (!known) continue;
    if (isEmpty(value, known)) delete object[key];
    else if (isObject(value)) dropEmpties(value, known);
    else if (Array.isArray(value) && known.items)
      for (const item of value) if (isObject(item)) dropEmpties(item, known.items);
  }
};

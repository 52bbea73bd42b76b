import { isDeepStrictEqual } from 'node:util';
import { duplicateValue, invalidValue, requiredValue, unsupportedValue, type FieldError } from '../object/api-error.ts';
import { isObject } from '../object/kube-object.ts';
import { matchesFormat } from './formats.ts';
import { childPath, isKeyedList, isSet, keyOfItem, propertyOf, schemaOfKey, type Schema } from './schema.ts';

/** Everything wrong with a value, in kube-apiserver's words. Duplicates come last, as they do there. */
export const validateValue = (value: unknown, schema: Schema, path = ''): FieldError[] => [
  ...check(value, schema, path),
  ...duplicates(value, schema, path),
];

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
};

const isType = (value: unknown, type: string): boolean =>
  typeOf(value) === type || (type === 'number' && typeof value === 'number');

const check = (value: unknown, schema: Schema, path: string): FieldError[] => {
  if (value === null && schema.nullable) return [];
  const mismatch = typeError(value, schema, path);
  if (mismatch) return [mismatch];
  const errors = [...scalarErrors(value, schema, path), ...logicErrors(value, schema, path)];
  if (Array.isArray(value)) errors.push(...listErrors(value, schema, path));
  else if (isObject(value)) errors.push(...objectErrors(value, schema, path));
  return errors;
};

const typeError = (value: unknown, schema: Schema, path: string): FieldError | undefined => {
  const is = typeOf(value);
  if (schema['x-kubernetes-int-or-string']) {
    if (is === 'integer' || is === 'string') return undefined;
    return typeInvalid(is, path, 'integer,string');
  }
  if (schema.type === undefined || isType(value, schema.type)) return undefined;
  return typeInvalid(is, path, schema.type);
};

const typeInvalid = (is: string, path: string, wanted: string): FieldError => ({
  field: path,
  reason: 'FieldValueTypeInvalid',
  message: `Invalid value: "${is}": ${path} in body must be of type ${wanted}: "${is}"`,
});

const scalarErrors = (value: unknown, schema: Schema, path: string): FieldError[] => {
  const errors: FieldError[] = [];
  const refuse = (why: string): void => void errors.push(invalidValue(path, value, `${path} in body ${why}`));
  if (typeof value === 'string') {
    const length = Array.from(value).length;
    const { minLength = 0, maxLength, pattern, format } = schema;
    // The first thing wrong with a text is all that Kubernetes says of it.
    if (maxLength !== undefined && length > maxLength)
      errors.push({
        field: path,
        reason: 'FieldValueTooLong',
        message: `Too long: may not be more than ${maxLength} bytes`,
      });
    else if (length < minLength) refuse(`should be at least ${minLength} chars long`);
    else if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) refuse(`should match '${pattern}'`);
    else if (format !== undefined && !matchesFormat(value, format))
      refuse(`must be of type ${format}: ${JSON.stringify(value)}`);
  }
  if (typeof value === 'number') {
    const { minimum, maximum, multipleOf } = schema;
    if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum))
      refuse(`should be greater than ${schema.exclusiveMinimum ? '' : 'or equal to '}${minimum}`);
    if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum))
      refuse(`should be less than ${schema.exclusiveMaximum ? '' : 'or equal to '}${maximum}`);
    if (multipleOf !== undefined && value % multipleOf !== 0) refuse(`should be a multiple of ${multipleOf}`);
  }
  if (schema.enum && !schema.enum.some((allowed) => isDeepStrictEqual(allowed, value)))
    errors.push(unsupportedValue(path, value, schema.enum));
  return errors;
};

const logicErrors = (value: unknown, schema: Schema, path: string): FieldError[] => {
  const errors = (schema.allOf ?? []).flatMap((part) => check(value, part, path));
  const holds = (part: Schema): boolean => check(value, part, path).length === 0;
  const refuse = (why: string): void => void errors.push(invalidValue(path, typeOf(value), `${path} in body ${why}`));
  if (schema.anyOf && !schema.anyOf.some(holds)) refuse('must validate at least one schema (anyOf)');
  if (schema.oneOf && schema.oneOf.filter(holds).length !== 1) refuse('must validate one and only one schema (oneOf)');
  if (schema.not && holds(schema.not)) refuse('must not validate the schema (not)');
  return errors;
};

const tooMany = (path: string, count: number, most: number): FieldError => ({
  field: path,
  reason: 'FieldValueTooMany',
  message: `Too many: ${count}: must have at most ${most} item${most === 1 ? '' : 's'}`,
});

const listErrors = (value: unknown[], schema: Schema, path: string): FieldError[] => {
  const errors: FieldError[] = [];
  const { items, minItems = 0, maxItems } = schema;
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(path, value.length, maxItems));
  if (value.length < minItems)
    errors.push(invalidValue(path, value.length, `${path} in body should have at least ${minItems} items`));
  if (items) errors.push(...value.flatMap((item, index) => check(item, items, `${path}[${index}]`)));
  return errors;
};

const objectErrors = (value: Record<string, unknown>, schema: Schema, path: string): FieldError[] => {
  const errors: FieldError[] = [];
  const count = Object.keys(value).length;
  const { minProperties = 0, maxProperties, required = [] } = schema;
  if (maxProperties !== undefined && count > maxProperties) errors.push(tooMany(path, count, maxProperties));
  if (count < minProperties)
    errors.push(invalidValue(path, count, `${path} in body should have at least ${minProperties} properties`));
  for (const name of required) if (value[name] === undefined) errors.push(requiredValue(childPath(path, name)));
  for (const [key, child] of Object.entries(value)) {
    const known = schemaOfKey(schema, key);
    const at = propertyOf(schema, key) ? childPath(path, key) : `${path}.${key}`;
    if (known) errors.push(...check(child, known, at));
  }
  return errors;
};

const duplicates = (value: unknown, schema: Schema, path: string): FieldError[] => {
  if (Array.isArray(value)) {
    const { items } = schema;
    const own = isSet(schema) || isKeyedList(schema) ? repeated(value, schema, path) : [];
    return items ? [...own, ...value.flatMap((item, index) => duplicates(item, items, `${path}[${index}]`))] : own;
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const known = schemaOfKey(schema, key);
    return known ? duplicates(child, known, childPath(path, key)) : [];
  });
};

const repeated = (list: readonly unknown[], schema: Schema, path: string): FieldError[] => {
  const seen = new Set<string>();
  const reported = new Set<string>();
  return list.flatMap((item, index) => {
    const key = isKeyedList(schema) ? (isObject(item) ? keyOfItem(schema, item) : item) : item;
    const text = JSON.stringify(key);
    if (seen.has(text) && !reported.has(text)) {
      reported.add(text);
      return [duplicateValue(`${path}[${index}]`, key)];
    }
    seen.add(text);
    return [];
  });
};

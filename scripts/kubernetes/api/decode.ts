import { ownEntry } from '@legendops/kit/contract/own-entry';
import { parse as parseYaml } from 'yaml';
import { messageOf } from '@legendops/kit/errors/message-of';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import { pruneUnknown } from '../schema/prune.ts';
import { isKeyedList, propertyOf, schemaOfKey, type Schema } from '../schema/schema.ts';
import { badRequest } from '../object/api-error.ts';
import { isObject, type JsonObject, type KubeObject, textOf } from '../object/kube-object.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

const cannotHandle = ({ kind, version }: Kind, why: string) =>
  badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);

// Half of a surrogate pair is no character: Go's JSON reads U+FFFD for it, its YAML refuses it.
const halfCharacter = /\\u[dD][89a-fA-F]/;

const parseJson = (text: string, isYaml: boolean): unknown => {
  if (!halfCharacter.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'string' || value.isWellFormed()) return value;
    if (isYaml) throw new SyntaxError('yaml: invalid Unicode character escape code');
    return value.toWellFormed();
  });
};

export const parseBody = (text: string, isYaml: boolean): unknown => {
  try {
    return isYaml && !isJson(text) ? parseYaml(text) : parseJson(text, isYaml);
  } catch (error) {
    throw badRequest(`the object provided is unrecognized: ${messageOf(error)}`);
  }
};

// Most clients send JSON where YAML is allowed, and as JSON it is read several times faster.
const isJson = (text: string): boolean => /^\s*\{\s*"/.test(text);

// Go keeps neither nulls nor empty maps of metadata.
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null && child !== undefined)
      .map(([key, child]) => [key, withoutNulls(child)]),
  );
};

const cleanMetadata = (metadata: unknown): JsonObject => {
  const entries = Object.entries(isObject(metadata) ? metadata : {}).filter(
    ([key, value]) =>
      key !== 'selfLink' &&
      value !== null &&
      !(key !== 'managedFields' && typeof value === 'object' && Object.keys(value).length === 0),
  );
  return withoutNulls(Object.fromEntries(entries)) as JsonObject;
};

/** The request's object in this kind's version: an own copy, with wrong kinds and wrong Go types refused. */
export const readObject = (kind: Kind, body: unknown): KubeObject => {
  if (!isObject(body)) throw badRequest(`the object provided is unrecognized (must be of type ${kind.kind})`);
  const apiVersion = apiVersionOf(kind);
  // Built-in kinds may leave out what the URL says.
  const given = {
    apiVersion: body.apiVersion ?? (kind.isBuiltIn ? apiVersion : ''),
    kind: body.kind ?? (kind.isBuiltIn ? kind.kind : ''),
  };
  if (given.apiVersion !== apiVersion || given.kind !== kind.kind) {
    throw badRequest(
      `the API version in the data (${textOf(given.apiVersion)}, Kind=${textOf(given.kind)}) does not match the expected API version (${apiVersion}, Kind=${kind.kind})`,
    );
  }
  const object = (kind.isBuiltIn ? withoutNulls(body) : structuredClone(body)) as KubeObject;
  object.apiVersion = apiVersion;
  object.kind = kind.kind;
  object.metadata = cleanMetadata(body.metadata) as KubeObject['metadata'];
  return object;
};

/** Names what the schema does not know, and drops it. */
export const pruneObject = (kind: Kind, object: KubeObject): { object: KubeObject; unknown: string[] } => {
  const { value, unknown } = pruneUnknown(object, kind.schema);
  return { object: value, unknown: unknown.map((path) => `unknown field "${path}"`) };
};

export const refuseStrictly = (kind: Kind, unknown: readonly string[]) =>
  cannotHandle(kind, `strict decoding error: ${unknown.join(', ')}`);

/** What Go's decoder would refuse in an object of a built-in kind, or in the metadata of any. */
export const checkGoTypes = (kind: Kind, object: KubeObject): void => {
  const [subject, schema] = kind.isBuiltIn
    ? [object, kind.schema]
    : [{ metadata: object.metadata }, { properties: { metadata: schemaOfKey(kind.schema, 'metadata') ?? {} } }];
  const mismatch = findMismatch(subject, schema, '');
  if (mismatch)
    throw cannotHandle(
      kind,
      `json: cannot unmarshal ${mismatch.is} into Go struct field ${kind.kind}.${mismatch.path} of type ${mismatch.wanted}`,
    );
};

type Mismatch = { path: string; is: string; wanted: string };

const goTypes: Readonly<Record<string, string>> = {
  integer: 'int32',
  boolean: 'bool',
  array: '[]string',
  object: 'map[string]string',
};

const jsonType = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
};

const fits = (value: unknown, { type }: Schema): boolean => {
  if (type === undefined) return true;
  if (type === 'integer') return Number.isInteger(value);
  return jsonType(value) === (type === 'boolean' ? 'bool' : type);
};

const findMismatch = (value: unknown, schema: Schema, path: string): Mismatch | undefined => {
  if (value === null || value === undefined) return undefined;
  if (!fits(value, schema))
    return { path, is: jsonType(value), wanted: ownEntry(goTypes, schema.type ?? '') ?? schema.type ?? '' };
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = schema.items && findMismatch(item, schema.items, path);
      if (found) return found;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const known = schemaOfKey(schema, key);
    const at = propertyOf(schema, key) ? [path, key].filter(Boolean).join('.') : path;
    const found = known && findMismatch(child, known, at);
    if (found) return found;
  }
  return undefined;
};

/** Fields that an applied configuration names and the schema does not: apply has no place for them. */
export const undeclaredField = (value: unknown, schema: Schema, path = ''): string | undefined => {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return undefined;
    for (const [index, item] of value.entries()) {
      const key = isKeyedList(schema) && isObject(item) ? keyText(schema, item) : String(index);
      const found = undeclaredField(item, items, `${path}[${key}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(value) || schema['x-kubernetes-preserve-unknown-fields']) return undefined;
  if (!schema.properties && schema.additionalProperties === undefined) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const known = schemaOfKey(schema, key);
    if (!known && schema.additionalProperties !== true) return `${path}.${key}`;
    const found = known && undeclaredField(child, known, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

const keyText = (schema: Schema, item: JsonObject): string =>
  (schema['x-kubernetes-list-map-keys'] ?? []).map((key) => `${key}=${JSON.stringify(item[key])}`).join(',');

import { badRequest } from '../object/api-error.ts';
import type { JsonObject } from '../object/kube-object.ts';
import { builtInSchema } from '../schema/built-in-models.ts';
import { schemaOfKey, type Schema } from '../schema/schema.ts';
import { fieldNumbers } from './field-numbers.ts';
import { readFields, type WireField } from './wire-format.ts';

const magic = Buffer.from('k8s\0');

type Numbers = ReadonlyMap<number, string>;
const parsed = new Map<string, Numbers>();

const numbersOf = (model: string): Numbers => {
  const known = parsed.get(model);
  if (known) return known;
  const pairs = (fieldNumbers[model] ?? '').split(' ').map((pair) => pair.split('='));
  const numbers = new Map(pairs.map(([number, name = '']) => [Number(number), name]));
  parsed.set(model, numbers);
  return numbers;
};

// Go writes these although they are zero, and leaves them out of JSON.
const absentAtZero = new Set(
  'generation hostNetwork hostPID hostIPC stdin stdinOnce tty readOnly hostPort nodePort healthCheckNodePort publishNotReadyAddresses count deprecatedCount'.split(
    ' ',
  ),
);

/** An object in the envelope that kubectl's own commands send: four bytes, then type and content. */
export const decodeEnvelope = (bytes: Buffer, model: string): JsonObject => {
  if (!bytes.subarray(0, 4).equals(magic)) throw badRequest('the body is not in the protobuf form of Kubernetes');
  const fields = readFields(bytes.subarray(4));
  const type = readFields(bytesOf(fields.find(({ number }) => number === 1)));
  const raw = bytesOf(fields.find(({ number }) => number === 2));
  const textAt = (wanted: number): string => bytesOf(type.find(({ number }) => number === wanted)).toString('utf8');
  return { apiVersion: textAt(1), kind: textAt(2), ...decodeMessage(raw, builtInSchema(model)) };
};

const bytesOf = (field: WireField | undefined): Buffer =>
  field && Buffer.isBuffer(field.value) ? field.value : Buffer.alloc(0);

const decodeMessage = (bytes: Buffer, schema: Schema): JsonObject => {
  const numbers = numbersOf(schema.model ?? '');
  const result: JsonObject = {};
  for (const field of readFields(bytes)) {
    const name = numbers.get(field.number);
    if (name === undefined) continue;
    if (name.startsWith('...')) Object.assign(result, decodeEmbedded(bytesOf(field), name.slice(3), schema));
    else addField(result, { name, field, schema: schemaOfKey(schema, name) });
  }
  return result;
};

/** Fields that JSON shows in the parent are described by the parent's model. */
const decodeEmbedded = (bytes: Buffer, model: string, parent: Schema): JsonObject =>
  decodeMessage(bytes, { ...parent, model });

type Place = { name: string; field: WireField; schema: Schema | undefined };

const addField = (result: JsonObject, { name, field, schema }: Place): void => {
  if (!schema) return;
  if (schema.type === 'array') {
    const item = decodeValue(field, schema.items ?? {});
    const list = result[name];
    if (Array.isArray(list)) list.push(item);
    else result[name] = [item];
    return;
  }
  if (typeof schema.additionalProperties === 'object') {
    const [key, value] = decodeEntry(bytesOf(field), schema.additionalProperties);
    result[name] = { ...(result[name] as JsonObject | undefined), [key]: value };
    return;
  }
  const value = decodeValue(field, schema);
  const isAbsent = value === undefined || value === '' || (absentAtZero.has(name) && !value);
  if (!isAbsent) result[name] = value;
};

const decodeEntry = (bytes: Buffer, schema: Schema): [string, unknown] => {
  const fields = readFields(bytes);
  const key = bytesOf(fields.find(({ number }) => number === 1)).toString('utf8');
  const value = fields.find(({ number }) => number === 2);
  return [key, value ? decodeValue(value, schema, { isQuantity: schema['x-kubernetes-int-or-string'] === true }) : ''];
};

const decodeValue = (field: WireField, schema: Schema, { isQuantity = false } = {}): unknown => {
  const { value } = field;
  if (typeof value === 'bigint') {
    if (schema.type === 'boolean') return value !== 0n;
    return Number(BigInt.asIntN(64, value));
  }
  if (isQuantity) return bytesOf(readFields(value).find(({ number }) => number === 1)).toString('utf8');
  if (schema['x-kubernetes-int-or-string']) return decodeIntOrString(value);
  if (schema.format === 'date-time') return decodeTime(value);
  if (schema.format === 'byte') return value.toString('base64');
  if (schema.type === 'string') return value.toString('utf8');
  return decodeMessage(value, schema);
};

const numberAt = (fields: readonly WireField[], wanted: number): number => {
  const value = fields.find(({ number }) => number === wanted)?.value;
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
};

const decodeIntOrString = (bytes: Buffer): unknown => {
  const fields = readFields(bytes);
  return numberAt(fields, 1) === 0
    ? numberAt(fields, 2)
    : bytesOf(fields.find(({ number }) => number === 3)).toString('utf8');
};

/** Undefined for Go's zero time, which has no fields. */
const decodeTime = (bytes: Buffer): string | undefined => {
  if (bytes.length === 0) return undefined;
  const fields = readFields(bytes);
  const micros = Math.floor(numberAt(fields, 2) / 1_000);
  const seconds = new Date(numberAt(fields, 1) * 1000).toISOString().slice(0, 19);
  return micros === 0 ? `${seconds}Z` : `${seconds}.${String(micros).padStart(6, '0')}Z`;
};

import { badRequest, invalidValue, requiredValue, type FieldError } from '../object/api-error.ts';
import { isObject, objectAt, type KubeObject } from '../object/kube-object.ts';
import type { KindRules } from './kind.ts';

// The API server keeps a mebibyte of a Secret's or ConfigMap's values.
const mostBytes = 1_048_576;

const keyMessage =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const keyProblem = (key: string): string | undefined => {
  if (key.length > 253) return 'must be no more than 253 bytes';
  if (key === '.' || key === '..') return `must not be '${key}'`;
  if (key.startsWith('..')) return "must not start with '..'";
  return /^[-._a-zA-Z0-9]+$/.test(key) ? undefined : keyMessage;
};

const keyErrors = (field: string, values: object): FieldError[] =>
  Object.keys(values).flatMap((key) => {
    const problem = keyProblem(key);
    return problem === undefined ? [] : [invalidValue(`${field}[${key}]`, key, problem)];
  });

const sizeErrors = (field: string, bytes: number): FieldError[] =>
  bytes <= mostBytes
    ? []
    : [{ field, reason: 'FieldValueTooLong', message: `Too long: may not be more than ${mostBytes} bytes` }];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const immutableErrors = (object: KubeObject, live: KubeObject | undefined, fields: readonly string[]): FieldError[] =>
  live?.immutable === true
    ? fields
        .filter((field) => !same(object[field], live[field]))
        .map((field) => ({
          field,
          reason: 'FieldValueForbidden',
          message: 'Forbidden: field is immutable when `immutable` is set',
        }))
    : [];

const invalidByteOf = (text: string): number | undefined => {
  const wrong = /[^A-Za-z0-9+/=\r\n]/.exec(text);
  if (wrong) return wrong.index;
  const plain = text.replaceAll(/[\r\n]/g, '');
  return Buffer.from(plain, 'base64').toString('base64') === plain ? undefined : plain.length;
};

const refuseOtherThanBase64 = (secret: KubeObject): void => {
  for (const value of Object.values(objectAt(secret, 'data'))) {
    const at = invalidByteOf(String(value));
    if (at !== undefined)
      throw badRequest(`Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${at}`);
  }
};

// What a type of Secret has to hold.
const requiredKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
};

const accountAnnotation = 'kubernetes.io/service-account.name';

const typeErrors = (secret: KubeObject): FieldError[] => {
  const type = String(secret.type);
  const data = objectAt(secret, 'data');
  if (type === 'kubernetes.io/service-account-token' && !secret.metadata.annotations?.[accountAnnotation])
    return [requiredValue(`metadata.annotations[${accountAnnotation}]`)];
  // One of the two is enough.
  if (type === 'kubernetes.io/basic-auth')
    return data.username === undefined && data.password === undefined
      ? ['username', 'password'].map((key) => requiredValue(`data[${key}]`))
      : [];
  const keys = Object.hasOwn(requiredKeys, type) ? (requiredKeys[type] ?? []) : [];
  return keys.filter((key) => data[key] === undefined).map((key) => requiredValue(`data[${key}]`));
};

export const secretRules: KindRules = {
  defaults: (secret) => {
    secret.type ??= 'Opaque';
    refuseOtherThanBase64(secret);
    if (!isObject(secret.stringData)) return;
    const texts = Object.entries(secret.stringData).map(([key, text]) => [
      key,
      Buffer.from(String(text)).toString('base64'),
    ]);
    secret.data = { ...objectAt(secret, 'data'), ...Object.fromEntries(texts) };
    delete secret.stringData;
  },
  validate: (secret, live) => {
    const data = objectAt(secret, 'data');
    const bytes = Object.values(data).reduce<number>(
      (sum, value) => sum + Buffer.byteLength(String(value), 'base64'),
      0,
    );
    return [
      ...keyErrors('data', data),
      ...sizeErrors('data', bytes),
      ...typeErrors(secret),
      ...(live && secret.type !== live.type ? [invalidValue('type', secret.type, 'field is immutable')] : []),
      ...immutableErrors(secret, live, ['data', 'immutable']),
    ];
  },
};

export const configMapRules: KindRules = {
  validate: (map, live) => {
    const [data, binary] = [objectAt(map, 'data'), objectAt(map, 'binaryData')];
    const bytes =
      Object.values(data).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value)), 0) +
      Object.values(binary).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value), 'base64'), 0);
    return [
      ...keyErrors('data', data),
      ...keyErrors('binaryData', binary),
      ...Object.keys(data)
        .filter((key) => Object.hasOwn(binary, key))
        .map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')),
      ...sizeErrors('', bytes),
      ...immutableErrors(map, live, ['data', 'binaryData', 'immutable']),
    ];
  },
};

import { expect, it } from 'vitest';
import { z } from 'zod';
import * as auth from '@legendops/auth/contract';
import * as billing from '@legendops/billing/contract';
import * as catalog from '@legendops/catalog/contract';
import * as portal from '@legendops/portal/contract';

type Json = { [key: string]: unknown };

/** Texts that no screen, mail or log shows, each with what it is. */
const shownNowhere = new Set([
  'CustomerQuery.search', // compared with names, never kept
  'Pax8Credentials.clientSecret', // goes to the vault
  'Approval.contentHash', // compared, never kept
]);

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The strings of a schema that anything could be written into, by their paths. */
const freeTexts = (schema: unknown, path: string): string[] => {
  if (!isObject(schema)) return [];
  if (schema.type === 'string') {
    const isBound = ['enum', 'const', 'format', 'pattern', 'allOf'].some((keyword) => keyword in schema);
    return isBound ? [] : [path];
  }
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
  const variants = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    ...properties.flatMap(([name, inner]) => freeTexts(inner, `${path}.${name}`)),
    ...variants.flatMap((inner) => freeTexts(inner, path)),
    ...freeTexts(schema.items, `${path}[]`),
  ];
};

// What comes in is strict, what goes out is not.
const isRequest = (schema: unknown): boolean =>
  isObject(schema) &&
  (schema.additionalProperties === false ||
    [schema.anyOf, schema.oneOf].some((list) => Array.isArray(list) && list.every(isRequest)));

it('takes from people no text that is not a line, a name, or of a form of its own', () => {
  const requests = Object.entries({ ...auth, ...billing, ...catalog, ...portal }).flatMap(([name, value]) => {
    if (!(value instanceof z.ZodType)) return [];
    const schema = z.toJSONSchema(value, { io: 'input', unrepresentable: 'any', metadata: z.registry() });
    return isRequest(schema) ? [{ name, schema }] : [];
  });
  expect(requests.length).toBeGreaterThan(8);
  const free = requests.flatMap(({ name, schema }) => freeTexts(schema, name));
  // A cursor is one of ours or none.
  expect(free.filter((path) => !shownNowhere.has(path) && !path.endsWith('.cursor'))).toEqual([]);
});

import type { z } from 'zod';
import { wrongPlace, wrongPlaces } from './wrong-places.ts';

const roots = ['params', 'query', 'body'] as const;
type Parts<Value> = Record<(typeof roots)[number], Value>;

const hasKeys = (value: unknown): boolean => {
  for (const _key in value as object) return true;
  return false;
};

/**
 * Parses params, query and body of one route by their schemas, in this order; every wrong place of all parts comes in one
 * problem. A part without a schema must be empty.
 */
export const partsParser =
  (schemas: Partial<Parts<z.ZodType>>): ((values: Parts<unknown>) => unknown[]) =>
  (values) => {
    let places: ReturnType<typeof wrongPlaces> | undefined;
    const parsed: unknown[] = [undefined, undefined, undefined];
    for (const [index, root] of roots.entries()) {
      const schema = schemas[root];
      const value = values[root];
      if (!schema) {
        if (hasKeys(value)) (places ??= wrongPlaces()).addUnknown([root], Object.keys(value as object));
        continue;
      }
      const outcome = schema.safeParse(value ?? {});
      if (outcome.success) {
        parsed[index] = outcome.data;
        continue;
      }
      places ??= wrongPlaces();
      for (const issue of outcome.error.issues) {
        if (issue.code === 'unrecognized_keys') places.addUnknown([root, ...issue.path], issue.keys);
        else places.add([root, ...issue.path], issue.code, issue.message);
      }
    }
    places?.refuse();
    return parsed;
  };

// Entra ID sends a code of 4 kB back and half a dozen parameters with it.
const longestQuery = 8_192;
const mostParameters = 32;
const none: Readonly<Record<string, string>> = Object.freeze({});

// Most queries have nothing to unescape, and for those URLSearchParams is slow.
const pairsOf = (text: string): Iterable<readonly [string, string]> =>
  /[%+]/.test(text)
    ? new URLSearchParams(text)
    : text
        .split('&')
        .filter((pair) => pair !== '')
        .map((pair) => {
          const at = pair.indexOf('=');
          return at < 0 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const);
        });

/** The query as one value per name; a repeated or bracketed name is refused, not merged. */
export const parseQuery = (url: string): Readonly<Record<string, string>> => {
  const start = url.indexOf('?');
  if (start < 0) return none;
  if (url.length - start > longestQuery) throw wrongPlace(['query'], 'too_big', `At most ${longestQuery} characters`);
  const result = new Map<string, string>();
  for (const [name, value] of pairsOf(url.slice(start + 1))) {
    if (result.has(name)) throw wrongPlace(['query', name], 'repeated', 'Give it once');
    if (result.size === mostParameters) throw wrongPlace(['query'], 'too_big', `At most ${mostParameters} parameters`);
    result.set(name, value);
  }
  return Object.fromEntries(result);
};

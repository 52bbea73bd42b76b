import type { z } from 'zod';
import { wrongPlace, wrongPlaces } from './wrong-places.ts';

/** Parses the parts of a request by their schemas; every wrong place of all parts comes in one problem. */
export const parseParts = (
  parts: readonly { root: string; schema: z.ZodType | undefined; value: unknown }[],
): unknown[] => {
  const places = wrongPlaces();
  const values = parts.map(({ root, schema, value }) => {
    if (!schema) {
      if (typeof value === 'object' && value !== null) places.addUnknown([root], Object.keys(value));
      return undefined;
    }
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') places.addUnknown([root, ...issue.path], issue.keys);
      else places.add([root, ...issue.path], issue.code, issue.message);
    }
    return undefined;
  });
  places.refuse();
  return values;
};

// Entra ID sends a code of 4 kB back and half a dozen parameters with it.
const longestQuery = 8_192;
const mostParameters = 32;

/** The query as one value per name; a repeated or bracketed name is refused, not merged. */
export const parseQuery = (url: string): Record<string, string> => {
  const start = url.indexOf('?');
  if (start < 0) return {};
  if (url.length - start > longestQuery) throw wrongPlace(['query'], 'too_big', `At most ${longestQuery} characters`);
  const result: Record<string, string> = Object.create(null) as Record<string, string>;
  let count = 0;
  for (const [name, value] of new URLSearchParams(url.slice(start))) {
    count += 1;
    if (count > mostParameters) throw wrongPlace(['query'], 'too_big', `At most ${mostParameters} parameters`);
    if (name in result) throw wrongPlace(['query', name], 'repeated', 'Give it once');
    result[name] = value;
  }
  return { ...result };
};

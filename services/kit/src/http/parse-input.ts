import type { z } from 'zod';
import { problem, type ProblemPlace } from '../errors/problem.ts';

const pointer = (root: string, path: readonly PropertyKey[]): string =>
  [root, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))]
    .map((part) => `/${part}`)
    .join('');

const placesOf = (root: string, error: z.ZodError): ProblemPlace[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: pointer(root, [...issue.path, key]),
          code: 'unknown',
          detail: 'There is no such property',
        }))
      : [{ pointer: pointer(root, issue.path), code: issue.code, detail: issue.message }],
  );

/** Parses the parts of a request by their schemas; every wrong place of all parts comes in one problem. */
export const parseParts = (
  parts: readonly { root: string; schema: z.ZodType | undefined; value: unknown }[],
): unknown[] => {
  const places: ProblemPlace[] = [];
  const values = parts.map(({ root, schema, value }) => {
    if (!schema) {
      const unexpected = typeof value === 'object' && value !== null ? Object.keys(value) : [];
      places.push(
        ...unexpected.map((key) => ({
          pointer: pointer(root, [key]),
          code: 'unknown',
          detail: 'There is no such property',
        })),
      );
      return undefined;
    }
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    places.push(...placesOf(root, parsed.error));
    return undefined;
  });
  if (places.length > 0) throw problem('request.invalid', { places });
  return values;
};

/** The query as one value per name; a repeated or bracketed name is refused, not merged. */
export const parseQuery = (url: string): Record<string, string> => {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const result: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(url.slice(start))) {
    if (name in result)
      throw problem('request.invalid', {
        places: [{ pointer: `/query/${name}`, code: 'repeated', detail: 'Give it once' }],
      });
    result[name] = value;
  }
  return { ...result };
};

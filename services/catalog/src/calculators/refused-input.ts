import type { z } from 'zod';
import { rangeAt } from './field-range.ts';
import type { RefusedField } from './refusal.ts';

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? part.toString() : `${text}.${part.toString()}`,
    '',
  );

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    input,
  );

// A field's name is the caller's text and may be as long as the body.
const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const inWords = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${JSON.stringify(shown(value))}`;
  return typeof value === 'boolean' ? value.toString() : `of type ${typeof value}`;
};

const named: Readonly<Record<string, string>> = {
  number: 'number',
  int: 'whole number',
  string: 'text',
  boolean: 'true or false',
  object: 'object',
  array: 'list',
};

const wrongType = (type: string, value: unknown): [string, string] => {
  const expected = named[type] ?? type;
  if (value === undefined) return ['required', `Missing: ${expected}`];
  if (typeof value === 'number') return ['not-finite', `A finite ${expected} is needed`];
  return ['wrong-type', `Expected here: ${expected}; this is ${inWords(value)}`];
};

const codeAndDetail = (issue: Issue, value: unknown): [code: string, detail: string] => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' && typeof value === 'number' && Number.isFinite(value)
        ? ['not-whole', `A whole number is needed, this is ${value.toString()}`]
        : wrongType(issue.expected, value);
    case 'invalid_value':
      return value === undefined
        ? ['required', `One of ${issue.values.join(', ')} is needed`]
        : ['unknown-value', `One of ${issue.values.join(', ')} is needed`];
    case 'too_small':
      return ['too-small', `${issue.inclusive ? 'At least' : 'More than'} ${issue.minimum} is needed`];
    case 'too_big':
      return ['too-large', `${issue.inclusive ? 'At most' : 'Less than'} ${issue.maximum} is possible`];
    default:
      return ['not-valid', issue.message];
  }
};

/** So many wrong fields help whoever wrote the input; thousands help whoever wants a large answer. */
const mostRefused = 20;

/** What a schema found wrong, by field, with what would be possible there. */
export const refusedInput = (schema: z.ZodType, issues: readonly Issue[], input: unknown): RefusedField[] =>
  issues
    .flatMap((issue): RefusedField[] => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.slice(0, mostRefused).map((key) => ({
          field: pathOf([...issue.path, shown(key)]),
          code: 'unknown-field',
          detail: 'There is no such field',
        }));
      const [code, detail] = codeAndDetail(issue, valueAt(input, issue.path));
      const range = rangeAt(schema, issue.path);
      return [{ field: pathOf(issue.path), code, detail: range === '' ? detail : `${detail} (${range})` }];
    })
    .slice(0, mostRefused);

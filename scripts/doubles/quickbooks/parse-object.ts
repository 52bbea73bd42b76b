import type * as z from 'zod';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';

type Issue = z.core.$ZodIssue;

/** Parses what a client sent, and refuses it with the vendor's number for that kind of mistake. */
export function parsed<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw result.error;
  throw faultOf(issue);
}

function faultOf(issue: Issue): QuickBooksFault {
  const element = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const name = [...issue.path, issue.keys[0]].join('.');
    return new QuickBooksFault('2010', `Property Name:${name} specified is unsupported or invalid`, { element: name });
  }
  if (
    (issue.code === 'invalid_type' && issue.input === undefined) ||
    (issue.code === 'too_small' && issue.origin === 'array')
  ) {
    return missing(element);
  }
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return new QuickBooksFault('2050', `${element} is longer than ${issue.maximum} characters`, { element });
  }
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') {
    return new QuickBooksFault('2170', `${element}: ${issue.message}`, { element });
  }
  return new QuickBooksFault('2010', `${element}: ${issue.message}`, { element });
}

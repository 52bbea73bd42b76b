import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';

/** A check that something can be done at all: what would throw when a request comes is refused when it is asked for. */
const succeeds =
  <Value>(work: (value: Value) => unknown) =>
  (value: Value): boolean => {
    try {
      work(value);
      return true;
    } catch {
      return false;
    }
  };

const isHeader = succeeds(([name, value]: [string, string]) => {
  validateHeaderName(name);
  validateHeaderValue(name, value);
});

export const FaultRule = z.strictObject({
  match: z.strictObject({
    method: z.string().optional(),
    /** A regular expression over the decoded path and query. */
    path: z
      .string()
      .refine(
        succeeds((path: string) => new RegExp(path)),
        'Not a regular expression',
      )
      .optional(),
    /** How many requests it meets; absent: all. */
    count: z.int().positive().optional(),
  }),
  fault: z.strictObject({
    status: z.int().min(100).max(599).optional(),
    /** A text as it is, anything else as JSON. */
    body: z.unknown().optional(),
    headers: z
      .record(z.string(), z.string())
      .refine((headers) => Object.entries(headers).every(isHeader), 'Not names and values of headers')
      .optional(),
    delayMs: z.int().nonnegative().optional(),
    /** 'before': nothing happened. 'after': the effect is committed, the reply is lost. */
    dropConnection: z.enum(['before', 'after']).optional(),
    /** The effect is committed; this many bytes of the body leave, then the connection breaks. */
    truncate: z.int().nonnegative().optional(),
    /** An HTML sign-in page in place of JSON, under 200 unless `status` says else. */
    html: z.literal(true).optional(),
    /** No body at all, under 200 unless `status` says else. */
    empty: z.literal(true).optional(),
    /** With status, body, html or empty: the request takes effect before its reply is replaced. */
    committed: z.boolean().optional(),
    /** For the double's own use: a token fault of the directory, a quirk of a vendor. */
    special: z.string().optional(),
  }),
});

export type FaultRule = z.infer<typeof FaultRule>;
export type Fault = FaultRule['fault'];

const page = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** The reply that a fault puts in the place of the real one; undefined when it leaves the reply alone. */
export function replacementOf(
  fault: Fault,
): { status: number; headers: Record<string, string>; body: string } | undefined {
  const status = fault.status ?? 200;
  if (fault.html)
    return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...fault.headers }, body: page };
  if (fault.empty) return { status, headers: { ...fault.headers }, body: '' };
  if (fault.body === undefined && fault.status === undefined) return undefined;
  const text = typeof fault.body === 'string';
  const type = text ? 'text/plain' : 'application/json';
  const body = text ? String(fault.body) : fault.body === undefined ? '' : JSON.stringify(fault.body);
  return { status, headers: { 'content-type': type, ...fault.headers }, body };
}

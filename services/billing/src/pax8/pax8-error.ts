import { retryAfterMs } from '@legendops/kit/http/retry-after';

/** Why Pax8 gave no usable answer. The message names status and path only: bodies may hold customers' data. */
export class Pax8Error extends Error {
  override readonly name = 'Pax8Error';
  readonly kind: 'refused' | 'forbidden' | 'not-found' | 'throttled' | 'unavailable' | 'unexpected';
  /** For how long Pax8 asks not to be asked; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: Pax8Error['kind'], message: string, named?: number) {
    super(named ? `${message}, and asks for ${Math.ceil(named / 1_000)} s of rest` : message);
    this.kind = kind;
    this.retryAfterMs = named;
  }
}

/** The error that an answer is; it may come from a gateway, which names a time with any of them. */
export const errorOfAnswer = (
  { status, headers }: { status: number; headers: Headers },
  path: string,
  now: number,
): Pax8Error => {
  const message = `Pax8 answered ${status} to ${path}`;
  const named = retryAfterMs(headers.get('retry-after'), now);
  if (status === 401) return new Pax8Error('refused', message);
  if (status === 403) return new Pax8Error('forbidden', message);
  if (status === 404) return new Pax8Error('not-found', message);
  if (status === 429) return new Pax8Error('throttled', message, named);
  if (status === 408 || status >= 500) return new Pax8Error('unavailable', message, named);
  return new Pax8Error('unexpected', message);
};

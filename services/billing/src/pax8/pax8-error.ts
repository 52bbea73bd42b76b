/** Why Pax8 gave no usable answer. The message names status and path only: bodies may hold customers' data. */
export class Pax8Error extends Error {
  override readonly name = 'Pax8Error';
  readonly kind: 'refused' | 'forbidden' | 'not-found' | 'throttled' | 'unavailable' | 'unexpected';

  constructor(kind: Pax8Error['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export const errorOfStatus = (status: number, path: string): Pax8Error => {
  const message = `Pax8 answered ${status} to ${path}`;
  if (status === 401) return new Pax8Error('refused', message);
  if (status === 403) return new Pax8Error('forbidden', message);
  if (status === 404) return new Pax8Error('not-found', message);
  if (status === 429) return new Pax8Error('throttled', message);
  if (status === 408 || status >= 500) return new Pax8Error('unavailable', message);
  return new Pax8Error('unexpected', message);
};

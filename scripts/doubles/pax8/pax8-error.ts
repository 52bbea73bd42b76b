const types: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'INVALID_PARAM',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
};

/** The vendor's error body; in a 422 the useful part is in `details`. */
export class Pax8Error extends Error {
  readonly status: number;
  readonly details: string[];

  constructor(status: number, message: string, details: string[] = []) {
    super(message);
    this.status = status;
    this.details = details;
  }

  body(instance: string) {
    const of = (message: string) => ({ type: types[this.status] ?? 'ERROR', message, instance, status: this.status });
    return { ...of(this.message), details: this.details.map(of) };
  }
}

export const notFound = (what: string, id: string) => new Pax8Error(404, `${what} ${id} not found`);

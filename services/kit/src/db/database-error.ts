import pg from 'pg';

/** The outcome of a transaction is unknown: its COMMIT was sent and no answer came. Look by key, do not repeat. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** There is no way to the database, or it was lost before a COMMIT was sent: nothing is written, try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

// Codes of the system's errors can look like a SQLSTATE: EPIPE does.
const isServerError = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && /^[0-9A-Z]{5}$/.test(error.code ?? '');

/** What the server said was wrong, as a SQLSTATE; undefined for everything that is not an answer of the server. */
export const sqlState = (error: unknown): string | undefined => (isServerError(error) ? error.code : undefined);

export const constraintOf = (error: unknown): string | undefined =>
  isServerError(error) ? error.constraint : undefined;

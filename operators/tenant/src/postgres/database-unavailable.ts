import type { DatabaseName } from '@legendops/kit/config/databases';
import { codeOf } from '../error-code.ts';

/** A database did not answer, or refused a statement; `code` is its SQLSTATE or that of the network. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly database: DatabaseName;
  readonly code: string | undefined;

  constructor(database: DatabaseName, cause: unknown) {
    const code = codeOf(cause);
    super(`${database} did not do what it was asked${code === undefined ? '' : ` (${code})`}`, { cause });
    this.database = database;
    this.code = code;
  }
}

import type { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import pg, { type PoolConfig } from 'pg';
import { entraToken } from '../azure/entra-token.ts';

/** Whom Azure's PostgreSQL takes tokens for, in every region of the public cloud. */
export const databaseScope = 'https://ossrdbms-aad.database.windows.net/.default';

type Connected = (error: Error) => void;

const streamOf = (client: pg.Client): Writable =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream;

/**
 * A login whose password is a token of Entra. Each new connection asks for one that is valid then; a session that stands goes on
 * when its token has ended. A token that cannot be had is a connection that cannot be had: the next attempt asks again.
 *
 * The token comes before the connection: given as pg's own function for a password it would be asked for in the middle of the
 * server's sign-in, and one that fails would leave a session there for the minute of authentication_timeout.
 */
export const asEntraLogin = (connectionString: string, token: () => Promise<string>): PoolConfig => ({
  connectionString,
  Client: class extends pg.Client {
    async #open(): Promise<pg.Client> {
      this.password = await token();
      // A pool that waited too long for us has given this one up.
      if (streamOf(this).destroyed) throw new Error('The token for the database came too late');
      return super.connect();
    }
    override connect(): Promise<pg.Client>;
    override connect(callback: Connected): void;
    override connect(callback?: Connected): Promise<pg.Client> | void {
      if (callback === undefined) return this.#open();
      callbackify(() => this.#open())(callback);
    }
  },
});

/** How a service signs in to its database. */
export const databaseLogin = ({
  DATABASE_URL,
  DATABASE_SIGN_IN,
  IDENTITY_IS_LOCAL,
}: {
  DATABASE_URL: string;
  DATABASE_SIGN_IN: 'password' | 'entra';
  IDENTITY_IS_LOCAL: boolean;
}): PoolConfig =>
  DATABASE_SIGN_IN === 'entra'
    ? asEntraLogin(DATABASE_URL, entraToken(databaseScope, { isLocal: IDENTITY_IS_LOCAL }))
    : { connectionString: DATABASE_URL };

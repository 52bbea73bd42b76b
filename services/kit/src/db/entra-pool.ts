import type { PoolConfig } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { entraToken } from '../azure/entra-token.ts';

/** Whom Azure's PostgreSQL takes tokens for, in every region of the public cloud. */
export const databaseScope = 'https://ossrdbms-aad.database.windows.net/.default';

/**
 * A login whose password is a token of Entra. Each new connection asks for one that is valid then; a session that stands goes on
 * when its token has ended. A token that cannot be had is a connection that cannot be had: the next attempt asks again.
 */
export const asEntraLogin = (
  connectionString: string,
  token: () => Promise<string>,
): Pick<PoolConfig, 'host' | 'port' | 'user' | 'database' | 'ssl' | 'password'> => ({
  // Given whole, the URL would put its own password, which is none, in the place of the token.
  ...parseIntoClientConfig(connectionString),
  password: token,
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

import { sqlState } from '@legendops/kit/db/database-error';
import type pg from 'pg';
import { serviceLogins } from './ensured-secrets.ts';

/** The object id of the identity that each service's login is, in the server's directory. */
export type LoginIdentities = Record<(typeof serviceLogins)[number], string>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const providerUnknown = '22023';

/** What makes Azure's PostgreSQL take an identity's tokens for a login that is there, and no password any more. */
export const identityStatements = (identities: LoginIdentities): string[] =>
  serviceLogins.flatMap((login) => {
    const id = identities[login];
    if (!uuid.test(id)) throw new TypeError(`${login} needs the object id of an identity`);
    return [
      `alter role ${login} password null`,
      `security label for pgaadauth on role ${login} is 'aadauth,oid=${id},type=service'`,
    ];
  });

/** All or none of them: a login without a password that no identity stands for yet would lock its service out. */
export const setIdentities = async (client: pg.Client, identities: LoginIdentities): Promise<void> => {
  try {
    await client.query(identityStatements(identities).join('; '));
  } catch (error) {
    if (sqlState(error) !== providerUnknown) throw error;
    throw new Error(
      `${client.host} does not take tokens of Entra: it is none of Azure's, or its Entra sign-in is off. Switch it on, or set database.signIn to password`,
      { cause: error },
    );
  }
};

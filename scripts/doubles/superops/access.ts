import type { IncomingHttpHeaders } from 'node:http';
import type { Account, User } from './account.ts';
import type { Quirks } from './quirks.ts';
import { AccessError, refusal } from './superops-error.ts';

/** Both headers, always: a subdomain of this data centre, and the one token that is its user's. */
export const admit = (accounts: readonly Account[], headers: IncomingHttpHeaders): { account: Account; user: User } => {
  const subdomain = headers.customersubdomain;
  const account = accounts.find((candidate) => candidate.subdomain === subdomain);
  if (!account) throw new AccessError(400, 'The CustomerSubDomain is not known');
  const [scheme, token] = (headers.authorization ?? '').split(' ');
  const user = account.users.find((candidate) => candidate.token !== null && candidate.token === token);
  if (scheme !== 'Bearer' || !user) throw new AccessError(401, 'The token is not valid');
  return { account, user };
};

/** So many requests in any minute and user; a refused one counts for nothing. */
export const requestLimit = (now: () => Date) => {
  const users = new Map<string, number[]>();
  return ({ subdomain }: Account, { userId }: User, { callsPerMinute }: Quirks): void => {
    const key = `${subdomain}/${userId}`;
    const at = now().getTime();
    const recent = (users.get(key) ?? []).filter((started) => started > at - 60_000);
    users.set(key, recent);
    if (recent.length >= callsPerMinute) throw refusal('rate_limit_exceeded');
    recent.push(at);
  };
};

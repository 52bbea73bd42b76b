import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, badRequest } from '../object/api-error.ts';
import type { Identity } from './service-account-tokens.ts';

const listed = (value: string | string[] | undefined): string[] =>
  (Array.isArray(value) ? value : (value?.split(',') ?? [])).map((one) => one.trim()).filter(Boolean);

const account = /^system:serviceaccount:([^:]+):([^:]+)$/;

const impliedGroups = (username: string): string[] => {
  const namespace = account.exec(username)?.[1];
  return namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
};

/** Who a request is made as: with `kubectl --as` another one than whose token it carries, which administrators alone may ask for. */
export const impersonated = (caller: Identity, headers: IncomingHttpHeaders): Identity => {
  const [username] = listed(headers['impersonate-user']);
  const groups = listed(headers['impersonate-group']);
  const [uid] = listed(headers['impersonate-uid']);
  if (username === undefined) {
    if (groups.length === 0 && uid === undefined) return caller;
    throw badRequest('requested [{Group}] without impersonating a user');
  }
  if (!caller.groups.includes('system:masters'))
    throw new ApiError(
      403,
      'Forbidden',
      `users "${username}" is forbidden: User "${caller.username}" cannot impersonate resource "users" in API group "" at the cluster scope`,
      { name: username, kind: 'users' },
    );
  const given = groups.length > 0 ? groups : impliedGroups(username);
  return {
    username,
    ...(uid !== undefined && { uid }),
    groups: given.includes('system:authenticated') ? given : [...given, 'system:authenticated'],
  };
};

import { matchPath, readSearch, type Target } from './addresses.ts';

/** The page of an address that a service tells, with its search; undefined where there is none. */
export const targetOf = (address: string): Target | undefined => {
  const { pathname, search } = new URL(address, 'http://portal');
  const match = matchPath(pathname);
  if (match === undefined) return undefined;
  const { path: to, params } = match;
  return { to, params, search: readSearch(to, search) } as unknown as Target;
};

import { badParameter } from './vault-error.ts';

const most = 25;

/** One page of a list; `nextLink` stays on the vault's origin, the client throws for any other. */
export function pageOf<T>(req: { url: string }, url: string, items: T[]): { value: T[]; nextLink: string | null } {
  const query = new URL(req.url, url).searchParams;
  const size = Number(query.get('maxresults') ?? most);
  if (!Number.isInteger(size) || size < 1 || size > most) throw badParameter(`maxresults must be 1 to ${most}`);
  const start = Number(query.get('$skiptoken') ?? 0);
  const end = start + size;
  if (end >= items.length) return { value: items.slice(start), nextLink: null };
  query.set('$skiptoken', String(end));
  return { value: items.slice(start, end), nextLink: `${url}${new URL(req.url, url).pathname}?${query}` };
}

import type { Request, Response } from 'express';
import type { Account } from './account.ts';
import { notFound } from './pax8-error.ts';
import type { Quirks } from './quirks.ts';

/** What the routes of one surface share. */
export type PartnerScope = { quirks: () => Quirks; changed: () => void; now: () => Date; invoicesOn: () => Date };

export const accountOf = (res: Response) => res.locals.account as Account;

export const queryOf = (req: Pick<Request, 'url'>) => new URL(req.url, 'http://double').searchParams;

export function found<T extends { id: string }>(rows: readonly T[], what: string, id: string): T {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw notFound(what, id);
  return row;
}

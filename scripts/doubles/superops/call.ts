import type { Account, Row, User } from './account.ts';
import type { Quirks } from './quirks.ts';
import { refusal } from './superops-error.ts';
import { textOf } from './text-of.ts';
import { superOpsId } from './superops-id.ts';
import { vendorTime } from './vendor-time.ts';

/** One request of one user: what every field of Query and Mutation is given. */
export type Call = {
  account: Account;
  user: User;
  quirks: Quirks;
  now: Date;
  changed: () => void;
  /** Set by a fault: what was done is done, and nobody is told. */
  loseReply: boolean;
  /** Set by a fault: what is told instead of what was done. */
  instead?: { answer?: unknown; status: number };
};

export type Input = Record<string, unknown>;
export type Field = (args: { input?: unknown }, call: Call) => unknown;

export const newId = ({ account, changed }: Call, kind: string): string => {
  account.created += 1;
  changed();
  return superOpsId(account.subdomain, kind, `new ${account.created}`);
};

export const nowOf = ({ now }: Call): string => vendorTime(now);

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The row whose id an identifier names. */
export const referred = (rows: readonly Row[], key: string, id: unknown, attribute: string): Row => {
  const row = rows.find((candidate) => candidate[key] === String(id));
  if (!row) throw refusal('referred_value_does_not_exist', attribute);
  return row;
};

export const entity = (rows: readonly Row[], key: string, id: unknown): Row => {
  const row = rows.find((candidate) => candidate[key] === String(id));
  if (!row) throw refusal('entity_does_not_exist', key);
  return row;
};

/** A name that must be one of the account's; absent where nothing was said. */
export const named = (names: readonly string[], value: unknown, attribute: string): string | null => {
  if (value === null || value === undefined) return null;
  if (!names.includes(textOf(value))) throw refusal('referred_value_does_not_exist', attribute);
  return textOf(value);
};

export const given = (value: unknown, attribute: string, most = 255): string => {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') throw refusal('mandatory_validation_failed', attribute);
  if (text.length > most) throw refusal('value_length_exceeds_limit', attribute);
  return text;
};

export const asDate = (value: unknown, attribute: string): string => {
  const text = textOf(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw refusal('value_pattern_validation_failed', attribute);
  return text;
};

/** Money and quantities are texts of decimal digits. */
export const asDecimal = (value: unknown, attribute: string): string => {
  const text = textOf(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw refusal('value_pattern_validation_failed', attribute);
  return text;
};

export const ofClient = ({ accountId, name }: Row) => ({ accountId, name });
export const ofSite = ({ id, name }: Row) => ({ id, name });
export const ofUser = ({ userId, name }: Row) => ({ userId, name });

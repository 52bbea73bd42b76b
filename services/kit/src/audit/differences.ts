import type { AuditChange } from '../contract/audit-payload.ts';

type Plain = string | number | boolean | null;

const text = (value: Plain): string | null => (value === null ? null : value.toString());

/** The named fields that are not the same before and after. */
export const differences = <Name extends string>(
  before: Readonly<Record<Name, Plain>>,
  after: Readonly<Record<Name, Plain>>,
  fields: readonly Name[],
): AuditChange[] =>
  fields.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, before: text(before[field]), after: text(after[field]) }],
  );

/** What is there now and was not before; fields that are empty are left out. */
export const created = (fields: Readonly<Record<string, Plain>>): AuditChange[] =>
  Object.entries(fields).flatMap(([field, after]) =>
    after === null ? [] : [{ field, before: null, after: text(after) }],
  );

/** What was there and is no more. */
export const removed = (fields: Readonly<Record<string, Plain>>): AuditChange[] =>
  Object.entries(fields).flatMap(([field, before]) =>
    before === null ? [] : [{ field, before: text(before), after: null }],
  );

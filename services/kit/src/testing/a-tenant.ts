import { randomUUID } from 'node:crypto';
import type pg from 'pg';

let counter = 0;

/** Registers a tenant the way the operator does; returns its id. */
export const aTenant = async (
  administrator: pg.Client,
  {
    name,
    state = 'active',
    limits = {},
    timeZone = 'UTC',
  }: { name?: string; state?: 'active' | 'suspended'; limits?: object; timeZone?: string } = {},
): Promise<string> => {
  counter += 1;
  const { rows } = await administrator.query<{ id: string }>(
    'select id from app.register_tenant(app.uuid_v7(), $1, $2, $3, $4, $5, $6, null)',
    [
      name ?? `tenant-${counter}`,
      name ?? `Tenant ${counter}`,
      state,
      JSON.stringify(limits),
      JSON.stringify({ currency: 'USD', timeZone }),
      randomUUID(),
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The tenant was not registered');
  return id;
};

import type { Connection } from '../contract.ts';
import type { ConnectionRow } from './connection-row.ts';

export const presentConnection = (row: ConnectionRow): Connection => ({
  id: row.id,
  vendor: row.vendor,
  state: row.state,
  account: row.account,
  accountName: row.account_name,
  failure: row.failure,
  version: row.version,
  updatedAt: row.updated_at,
});

import type { Connection } from '../contract.ts';
import type { ConnectionRow } from './connection-row.ts';

export const presentConnection = (row: ConnectionRow): Connection => ({
  id: row.id,
  vendor: row.vendor,
  state: row.state,
  account: row.account,
  detail: row.detail,
  version: row.version,
  updatedAt: row.updated_at,
});

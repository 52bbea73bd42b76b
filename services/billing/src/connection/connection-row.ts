import { sql } from '@legendops/kit/db/sql';
import type { ConnectionState, Vendor } from '../contract.ts';

export interface ConnectionRow {
  id: string;
  vendor: Vendor;
  state: ConnectionState;
  account: string;
  account_name: string | null;
  failure: string | null;
  version: number;
  updated_at: string;
}

export const connectionColumns = sql`id, vendor, state, account, account_name, failure, version, updated_at`;

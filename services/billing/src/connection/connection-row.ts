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

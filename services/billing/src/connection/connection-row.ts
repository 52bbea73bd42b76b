import type { VendorName } from '../vault/vendor-vault.ts';

export interface ConnectionRow {
  id: string;
  vendor: VendorName;
  state: 'connected' | 'reconnect' | 'paused';
  account: string;
  account_name: string | null;
  failure: string | null;
  version: number;
  updated_at: string;
}

import type { VendorName } from '../vault/vendor-vault.ts';

export interface ConnectionRow {
  id: string;
  vendor: VendorName;
  state: 'connected' | 'reconnect' | 'paused';
  account: string;
  detail: string;
  version: number;
  updated_at: string;
}

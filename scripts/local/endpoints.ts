import type { DatabaseName } from '@legendops/kit/config/databases';

/** `.legendops/endpoints.json`: where everything is. Written last, when all is ready. */
export interface Endpoints {
  gateway: string;
  kubeconfig: string;
  postgres: Record<DatabaseName, string>;
  vault: string;
  blob: string;
  issuer: string;
  mailbox: string;
  pax8: string;
  quickbooks: string;
  /** Of its data centre in the United States. */
  superops: string;
  teams: string;
}

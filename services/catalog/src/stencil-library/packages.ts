import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

/** Files of Visio as they were uploaded: what this noun asks of wherever their bytes are. */
export interface StencilPackages {
  /** Throws media.not-found where this tenant has no such file among its stencils. */
  read(scope: Scope, mediaId: string): Promise<Uint8Array>;
  /** Keeps it as long as a version names it; throws media.not-found where it is gone. */
  hold(transaction: Transaction, mediaId: string): Promise<void>;
  /** An address at which it can be fetched under this name for some minutes. */
  link(scope: Scope, file: { mediaId: string; fileName: string }): Promise<{ url: string; expiresAt: string }>;
}

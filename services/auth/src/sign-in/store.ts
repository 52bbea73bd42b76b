import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';

export interface SignInStore {
  /** The tenant that registered this directory. */
  tenantOfDirectory(directoryId: string): Promise<string | undefined>;
}

/** Before a sign-in nobody knows the tenant: a named path across tenants, reading ids only. */
export const signInStore = (platform: PlatformDatabase): SignInStore => ({
  tenantOfDirectory: async (directoryId) => {
    const [row] = await platform.read(
      'sign-in',
      sql<{ tenant_id: string }>`select tenant_id from auth.directories where directory_id = ${directoryId}`,
    );
    return row?.tenant_id;
  },
});

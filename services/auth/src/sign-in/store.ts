import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import type { DirectoryPerson } from './entra.ts';

export interface SignInStore {
  /** The tenant that registered this directory. */
  tenantOfDirectory(directoryId: string): Promise<string | undefined>;
  /** The tenant where this person is a member: of several one that lets them in, their own before one where they are a guest. */
  tenantOfMember(person: DirectoryPerson): Promise<string | undefined>;
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
  tenantOfMember: async ({ directoryId, objectId }) => {
    const [row] = await platform.read(
      'sign-in',
      sql<{ tenant_id: string }>`
        select m.tenant_id from auth.members m join app.tenants t on t.id = m.tenant_id
        left join auth.directories d on d.tenant_id = m.tenant_id and d.directory_id = m.directory_id
        where m.directory_id = ${directoryId} and m.object_id = ${objectId} and (m.role = 'guest' or d.tenant_id is not null)
        order by (t.state = 'active' and m.state = 'active') desc, (d.tenant_id is not null) desc, m.created_at desc
        limit 1`,
    );
    return row?.tenant_id;
  },
});

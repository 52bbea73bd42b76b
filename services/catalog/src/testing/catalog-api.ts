import {
  platformDatabase,
  serviceDatabase,
  type PlatformDatabase,
  type TenantDatabase,
} from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testApi, type TestAnswer } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { catalogApp } from '../app.ts';
import { memoryBlobStore, type MemoryBlobStore } from '../media/testing/memory-blob-store.ts';
import type { ReaderPool } from '../stencil-library/reader-pool.ts';
import { arrivedPackage } from '../stencil-library/testing/arrived-package.ts';

interface Asking {
  body?: unknown;
  version?: number;
  /** As a guest of a customer. */
  guest?: boolean;
  tenantId?: string;
  headers?: Record<string, string>;
}

export interface CatalogApi {
  tenantId: string;
  /** A tenant beside the first one. */
  otherTenantId: string;
  /** As an administrator of the first tenant; a POST under a key of its own. */
  ask: (method: string, path: string, asking?: Asking) => Promise<TestAnswer>;
  /** The id of what was created; throws where it was not. */
  idOf: (path: string, body: object) => Promise<string>;
  /** A file that has arrived among a tenant's stencils: the id of its media. */
  arrive: (bytes: Uint8Array, tenantId?: string) => Promise<string>;
  administrator: TestDatabase['administrator'];
  /** What the service keeps files in. */
  blobs: MemoryBlobStore;
  database: TenantDatabase;
  platform: PlatformDatabase;
  close: () => Promise<void>;
}

const customerId = '0190f000-0000-7000-8000-0000000000cc';

/** The catalog over a database of its own, with two tenants that have nothing yet. */
export const catalogApi = async ({ readers }: { readers?: ReaderPool } = {}): Promise<CatalogApi> => {
  const database = await testDatabase('catalog_db');
  const limits = { requestsPerMinute: 100_000 };
  const tenantId = await aTenant(database.administrator, { limits });
  const otherTenantId = await aTenant(database.administrator, { limits });
  const pool = database.pool('svc_catalog');
  const blobs = memoryBlobStore();
  const api = await testApi({
    service: 'catalog',
    routes: catalogApp({
      database: serviceDatabase(pool),
      platform: platformDatabase(pool),
      blobs,
      ...(readers && { readers }),
    }).routes,
    pool,
  });
  let keys = 0;
  const ask: CatalogApi['ask'] = (method, path, { body, version, guest, headers, tenantId: asked = tenantId } = {}) =>
    api.call(method, `/api/catalog/v1/${path}`, {
      actor: { tenantId: asked, ...(guest === true && { role: 'guest', customerId }) },
      ...(body !== undefined && { body }),
      headers: {
        ...headers,
        ...(method === 'POST' && { 'idempotency-key': `k${(keys += 1)}` }),
        ...(version !== undefined && { 'if-match': `"v${version}"` }),
      },
    });
  return {
    tenantId,
    otherTenantId,
    administrator: database.administrator,
    blobs,
    database: serviceDatabase(pool),
    platform: platformDatabase(pool),
    arrive: (bytes, to = tenantId) => arrivedPackage({ ...database, blobs }, to, bytes),
    ask,
    idOf: async (path, body) => {
      const answer = await ask('POST', path, { body });
      if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return (answer.body as { id: string }).id;
    },
    close: async () => {
      await api.close();
      await database.close();
    },
  };
};

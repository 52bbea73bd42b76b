import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readerPool } from '@legendops/catalog/stencil-library/reader-pool';
import { stencilUploadService } from '@legendops/catalog/stencil-library/upload-service';
import { actingAs, asNobody } from '@legendops/kit/audit/audit';
import { createPool } from '@legendops/kit/db/pool';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { benchServer } from './bench-server.ts';

const tenantId = '0190a000-0000-7000-8000-00000000000a';

export interface StencilStoring {
  /** As a service does it for a request: read in a thread, and written master by master. */
  store(path: string): Promise<void>;
  stop(): Promise<void>;
}

/** The catalog's uploads over a database of their own; the bytes come from a file instead of the blob storage. */
export const stencilStoring = async (): Promise<StencilStoring> => {
  const server = await benchServer('catalog_db');
  await server.administrator.query(
    `insert into app.tenants (id, name, display_name, state, limits, owner_uid)
     values ($1, 'bench', 'Bench', 'active', '{}', gen_random_uuid())`,
    [tenantId],
  );
  const pool = createPool({ connectionString: await server.urlOf('svc_catalog'), max: 2 });
  const readers = readerPool();
  const uploads = stencilUploadService(
    {
      readers,
      packages: {
        read: (_, path) => readFile(paths.get(path) ?? ''),
        refuseWithoutRoom: () => Promise.resolve(),
        hold: () => Promise.resolve(),
        link: () => Promise.reject(new Error('Nothing is fetched here')),
      },
    },
    serviceDatabase(pool),
  );
  const paths = new Map<string, string>();
  const scope = actingAs<'stencil.created'>({ tenantId, author: asNobody('job', 'bench') });
  return {
    store: async (path) => {
      const bytes = await readFile(path);
      const { rows } = await server.administrator.query<{ id: string }>(
        `insert into catalog.media (tenant_id, container, sha256, content_type, bytes)
         values ($1, 'visio-stencils', $2, 'application/vnd.ms-visio.stencil.main+xml', $3) returning id`,
        [tenantId, createHash('sha256').update(bytes).digest('hex'), bytes.length],
      );
      const mediaId = rows[0]?.id ?? '';
      paths.set(mediaId, path);
      await uploads.create(scope, { storageGiB: 50 }, { name: basename(path), fileName: basename(path), mediaId });
    },
    stop: async () => {
      await readers.close();
      await pool.end();
      await server.stop();
    },
  };
};

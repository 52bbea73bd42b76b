import { createHash } from 'node:crypto';
import type { TestDatabase } from '@legendops/kit/testing/test-database';
import { keptName, type BlobStore } from '../../media/blob-store.ts';

const contentType = 'application/vnd.ms-visio.stencil.main+xml';

/** A file among a tenant's stencils that nobody has looked at, as none arrives in truth: the id of its media. */
export const arrivedPackage = async (
  { administrator, blobs }: Pick<TestDatabase, 'administrator'> & { blobs: BlobStore },
  tenantId: string,
  bytes: Uint8Array,
): Promise<string> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await blobs.write({ container: 'visio-stencils', name: keptName(tenantId, sha256) }, bytes, contentType);
  const { rows } = await administrator.query<{ id: string }>(
    `insert into catalog.media as m (tenant_id, container, sha256, content_type, bytes)
     values ($1, 'visio-stencils', $2, $3, $4)
     on conflict on constraint media_content do update set loose_since = now() returning m.id`,
    [tenantId, sha256, contentType, bytes.length],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The package did not arrive');
  return row.id;
};

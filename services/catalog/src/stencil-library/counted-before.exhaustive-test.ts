import { aTenant } from '@legendops/kit/testing/a-tenant';
import { beforeMigration } from '@legendops/kit/testing/before-migration';
import { expect, it } from 'vitest';

it('pictures of stencils that were there before they counted count as well, each tenant’s its own', async () => {
  const database = await beforeMigration('catalog_db', '0012_spelling-and-room.sql');
  const { administrator } = database;
  const sha256 = 'a'.repeat(64);
  const tenants = [await aTenant(administrator), await aTenant(administrator)];
  for (const [at, tenant] of tenants.entries()) {
    const { rows: media } = await administrator.query<{ id: string }>(
      `insert into catalog.media (tenant_id, container, sha256, content_type, bytes)
       values ($1, 'visio-stencils', $2, 'application/vnd.ms-visio.stencil.main+xml', 1) returning id`,
      [tenant, sha256],
    );
    const { rows: stencils } = await administrator.query<{ id: string }>(
      `insert into catalog.stencils (tenant_id, name, latest) values ($1, 'Racks', 1) returning id`,
      [tenant],
    );
    const id = stencils[0]?.id;
    await administrator.query(
      `insert into catalog.stencil_versions (tenant_id, stencil_id, number, media_id, file_name, sha256, size_bytes)
       values ($1, $2, 1, $3, 'racks.vssx', $4, 1)`,
      [tenant, id, media[0]?.id, sha256],
    );
    for (const [position, icon] of [Buffer.alloc(10), null].entries())
      await administrator.query(
        `insert into catalog.stencil_masters (tenant_id, stencil_id, number, position, name, name_u, unique_id, base_id, width_mm, height_mm,
           preview, preview_sha256, icon) values ($1, $2, 1, $3, '', '', '', '', 1, 1, $4, $5, $6)`,
        [tenant, id, position, Buffer.alloc(100 + at), sha256, icon],
      );
  }

  await database.migrate();

  const { rows } = await administrator.query<{ tenant_id: string; picture_bytes: string }>(
    'select tenant_id, picture_bytes from catalog.stencil_versions',
  );
  expect(new Map(rows.map((row) => [row.tenant_id, Number(row.picture_bytes)]))).toEqual(
    new Map(tenants.map((tenant, at) => [tenant, 2 * (100 + at) + 10])),
  );
  const { rows: unforced } = await administrator.query(
    "select relname from pg_class where relnamespace = 'catalog'::regnamespace and relkind = 'r' and not relforcerowsecurity",
  );
  expect(unforced).toEqual([]);
  await database.close();
});

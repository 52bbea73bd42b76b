import { jsonValue, sql } from '@legendops/kit/db/sql';
import { storable } from '@legendops/kit/db/storable';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { matchMasters } from '../stencil/compare-stencils.ts';
import type { DrawnMaster } from '../stencil/read-stencil.ts';
import type { ReadStencil } from '../stencil/reader.ts';
import { masterWords } from './master-words.ts';
import { identitiesOf } from './store.ts';

interface VersionPlace {
  stencilId: string;
  number: number;
}

export interface UploadedFile {
  mediaId: string;
  fileName: string;
  sizeBytes: number;
}

/** What its previews and icons weigh. */
export const pictureBytes = ({ masters }: ReadStencil): number =>
  masters.reduce((sum, { preview, icon }) => sum + preview.length + (icon?.length ?? 0), 0);

export const insertStencil = async (transaction: Transaction, scope: Scope, name: string): Promise<string> =>
  (
    await transaction.one(sql<{ id: string }>`
      insert into catalog.stencils as s (tenant_id, name, latest) values (${scope.tenantId}, ${name}, 1) returning s.id`)
  ).id;

const allStorable = <Fields extends object>(fields: Fields): Fields =>
  JSON.parse(JSON.stringify(fields), (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  ) as Fields;

// One statement each: together their pictures may have 64 MB, which no message should.
const insertMaster = (
  transaction: Transaction,
  scope: Scope,
  { stencilId, number, position, drawn }: VersionPlace & { position: number; drawn: DrawnMaster },
): Promise<{ id: string }> => {
  const master = allStorable(drawn.master);
  return transaction.one(sql<{ id: string }>`
    with written as (
      insert into catalog.stencil_masters as m (tenant_id, stencil_id, number, position, name, name_u, unique_id, base_id, is_hidden,
        is_pattern, prompt, keywords, width_mm, height_mm, connection_points, properties, preview, preview_sha256, icon)
      values (${scope.tenantId}, ${stencilId}, ${number}, ${position}, ${master.name}, ${master.nameU}, ${master.uniqueId},
        ${master.baseId}, ${master.isHidden}, ${master.isPattern}, ${master.prompt}, ${master.keywords}, ${master.widthMm},
        ${master.heightMm}, ${jsonValue(master.connectionPoints)}, ${jsonValue(master.properties)}, ${drawn.preview},
        ${drawn.previewSha256}, ${drawn.icon})
      returning m.id
    ), filed as (
      insert into catalog.stencil_words (tenant_id, word, master_id)
      select ${scope.tenantId}, word, written.id from written cross join unnest(${masterWords(master)}::text[]) word
    ) select id from written`);
};

/** What the masters of the version before drew, those of this one draw: as far as they are the same ones. */
const takeOverProducts = async (
  transaction: Transaction,
  scope: Scope,
  { stencilId, number }: VersionPlace,
): Promise<void> => {
  const before = await identitiesOf(transaction, { stencilId, number: number - 1 });
  const after = await identitiesOf(transaction, { stencilId, number });
  const pairs = [...matchMasters(before, after)].map(([master, old]) => ({ before: old.id, after: master.id }));
  await transaction.change(sql`
    with moved as (
      delete from catalog.product_masters l using jsonb_to_recordset(${jsonValue(pairs)}::jsonb) p (before uuid, after uuid)
      where l.master_id = p.before returning l.product_id, p.after
    ) insert into catalog.product_masters (tenant_id, product_id, master_id)
    select ${scope.tenantId}, moved.product_id, moved.after from moved`);
};

/** The version with all its masters, as the newest one of its stencil. */
export const insertVersion = async (
  transaction: Transaction,
  scope: Scope,
  { stencilId, number, file, read }: VersionPlace & { file: UploadedFile; read: ReadStencil },
): Promise<void> => {
  await transaction.change(sql`
    insert into catalog.stencil_versions (tenant_id, stencil_id, number, media_id, file_name, sha256, size_bytes, has_macros, picture_bytes)
    values (${scope.tenantId}, ${stencilId}, ${number}, ${file.mediaId}, ${file.fileName}, ${read.sha256}, ${file.sizeBytes},
      ${read.hasMacros}, ${pictureBytes(read)})`);
  for (const [position, drawn] of read.masters.entries())
    await insertMaster(transaction, scope, { stencilId, number, position, drawn });
  if (number === 1) return;
  await takeOverProducts(transaction, scope, { stencilId, number });
  await transaction.change(sql`update catalog.stencils set latest = ${number} where id = ${stencilId}`);
};

import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { heldMedia } from '../media/known-media.ts';
import type { MediaService } from '../media/service.ts';
import { productsById } from '../product/known-products.ts';
import {
  mostShownFiles,
  type AddedFile,
  type NewShownFile,
  type ProductPictures,
  type ShownFile,
  type ShownFileKind,
  type ShownFileOrder,
  type ShownFiles,
} from './contract.ts';
import {
  deleteFile,
  filesIn,
  insertFile,
  orderFiles,
  renameFile,
  type ProductFileRow,
  type ProductFileStore,
  type ShownFileRow,
} from './store.ts';

interface Place {
  productId: string;
  fileId: string;
}

export interface ProductFileService {
  of(scope: Scope, productId: string): Promise<ShownFiles>;
  /** In no order; of products that cannot be seen there is none. */
  mainPictures(scope: Scope, productIds: readonly string[]): Promise<ProductPictures>;
  add(
    transaction: Transaction,
    scope: ActingScope<'product-file.added'>,
    wanted: NewShownFile & { productId: string },
  ): Promise<AddedFile>;
  rename(scope: ActingScope<'product-file.renamed'>, file: Place, name: string): Promise<void>;
  order(scope: ActingScope<'product-files.ordered'>, productId: string, wanted: ShownFileOrder): Promise<void>;
  remove(scope: ActingScope<'product-file.removed'>, file: Place): Promise<void>;
}

const containerOf = { picture: 'product-images', document: 'documents' } as const satisfies Record<
  ShownFileKind,
  string
>;

const tooMany: Record<ShownFileKind, string> = {
  picture: `It has ${mostShownFiles} pictures. Press “Remove picture” beside one of them first.`,
  document: `It has ${mostShownFiles} documents. Press “Remove document” beside one of them first.`,
};

const knownRefusal = (error: unknown): never => {
  throw constraintOf(error) === 'product_files_once' ? problem('product-file.exists') : error;
};

/** Locked with what belongs to it: two who order its files do so one after the other. */
const lockProduct = async (transaction: Transaction, id: string) => {
  const [product] = await productsById(transaction, [id]);
  if (product === undefined) throw problem('product.not-found');
  return { subject: { type: 'product', id, name: product.name }, files: await filesIn(transaction, id) };
};

const fileOf = (files: readonly ProductFileRow[], id: string): ProductFileRow => {
  const file = files.find((one) => one.id === id);
  if (file === undefined) throw problem('product-file.not-found');
  return file;
};

export const productFileService = ({
  store,
  database,
  media,
}: {
  store: ProductFileStore;
  database: TenantDatabase;
  media: Pick<MediaService, 'linkTo'>;
}): ProductFileService => {
  const present = async ({ tenantId }: Scope, row: ShownFileRow): Promise<{ file: ShownFile; expiresAt: string }> => {
    const isPicture = row.kind === 'picture';
    const { url, expiresAt } = await media.linkTo(tenantId, row, { fileName: `${row.name}.pdf` });
    const thumbnail = isPicture ? await media.linkTo(tenantId, row, { of: 'thumbnail' }) : undefined;
    const file: ShownFile = {
      id: row.id,
      kind: row.kind,
      mediaId: row.media_id,
      name: row.name,
      contentType: row.content_type,
      bytes: Number(row.bytes),
      widthPx: row.width_px,
      heightPx: row.height_px,
      url,
      thumbnailUrl: thumbnail?.url ?? null,
      createdAt: row.created_at,
    };
    return { file, expiresAt };
  };
  return {
    of: async (scope, productId) => {
      const rows = await store.of(scope, productId);
      if (rows === undefined) throw problem('product.not-found');
      const shown = await Promise.all(rows.map((row) => present(scope, row)));
      const files = shown.map(({ file }) => file);
      return {
        pictures: files.filter(({ kind }) => kind === 'picture'),
        documents: files.filter(({ kind }) => kind === 'document'),
        expiresAt: shown.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? null,
      };
    },
    mainPictures: async (scope, productIds) => {
      const rows = await store.mainPictures(scope, productIds);
      const pictures = await Promise.all(
        rows.map(async (row) => ({ row, ...(await media.linkTo(scope.tenantId, row, { of: 'thumbnail' })) })),
      );
      return {
        data: pictures.map(({ row, url }) => ({ productId: row.product_id, name: row.name, url })),
        expiresAt: pictures.map(({ expiresAt }) => expiresAt).toSorted()[0] ?? null,
      };
    },
    add: async (transaction, scope, { productId, kind, mediaId, name }) => {
      const { subject, files } = await lockProduct(transaction, productId);
      const own = files.filter((file) => file.kind === kind);
      if (own.length >= mostShownFiles) throw problem('product-file.too-many', { detail: tooMany[kind] });
      await heldMedia(transaction, { id: mediaId, container: containerOf[kind] });
      const position = Math.max(0, ...own.map((file) => file.position)) + 1;
      const file = { product_id: productId, media_id: mediaId, kind, position, name };
      const { id } = await insertFile(transaction, scope, file).catch(knownRefusal);
      await scope.audit(transaction, { act: 'product-file.added', subject, changes: created({ kind, name }) });
      return { id };
    },
    rename: (scope, { productId, fileId }, name) =>
      database.write(scope, async (transaction) => {
        const { subject, files } = await lockProduct(transaction, productId);
        const changes = differences(fileOf(files, fileId), { name }, ['name']);
        if (changes.length === 0) return;
        await renameFile(transaction, fileId, name);
        await scope.audit(transaction, { act: 'product-file.renamed', subject, changes });
      }),
    order: (scope, productId, { kind, ids }) =>
      database.write(scope, async (transaction) => {
        const { subject, files } = await lockProduct(transaction, productId);
        const own = files.filter((file) => file.kind === kind).map(({ id }) => id);
        if (own.toSorted().join() !== ids.toSorted().join()) throw problem('product-file.order-stale');
        if (own.join() === ids.join()) return;
        await orderFiles(transaction, ids);
        const [first, before] = [fileOf(files, ids[0] ?? ''), fileOf(files, own[0] ?? '')];
        const changes = differences({ first: before.name }, { first: first.name }, ['first']);
        await scope.audit(transaction, { act: 'product-files.ordered', subject, changes });
      }),
    remove: (scope, { productId, fileId }) =>
      database.write(scope, async (transaction) => {
        const { subject, files } = await lockProduct(transaction, productId);
        const { kind, name } = fileOf(files, fileId);
        await deleteFile(transaction, fileId);
        await scope.audit(transaction, { act: 'product-file.removed', subject, changes: removed({ kind, name }) });
      }),
  };
};

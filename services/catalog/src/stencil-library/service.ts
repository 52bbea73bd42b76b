import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences, removed } from '@legendops/kit/audit/differences';
import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import type { Page, PageQuery } from '@legendops/kit/contract/page';
import { constraintOf } from '@legendops/kit/db/database-error';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { Stencil, StencilChange, StencilVersion } from './contract.ts';
import type { StencilPackages } from './packages.ts';
import { presentStencil, presentVersion, type StencilRow } from './stencil-row.ts';
import { deleteStencil, lockStencil, updateStencil, type StencilStore } from './store.ts';

export interface StencilService {
  page(scope: Scope, query: PageQuery): Promise<Page<Stencil>>;
  get(scope: Scope, id: string): Promise<Stencil>;
  versions(scope: Scope, id: string): Promise<StencilVersion[]>;
  /** An address at which the package of a version can be fetched. */
  link(scope: Scope, version: { id: string; number: number }): Promise<{ url: string; expiresAt: string }>;
  change(
    scope: ActingScope<'stencil.changed'>,
    seen: { id: string; version: number },
    wanted: StencilChange,
  ): Promise<Stencil>;
  /** With all its versions. */
  remove(scope: ActingScope<'stencil.removed'>, seen: { id: string; version: number }): Promise<void>;
}

export const stencilSubject = ({ id, name }: Pick<StencilRow, 'id' | 'name'>) => ({ type: 'stencil', id, name });

/** What a constraint that a stencil ran into means to whoever wrote it. */
export const knownRefusal = (error: unknown): never => {
  throw constraintOf(error) === 'stencils_name' ? problem('stencil.name-taken') : error;
};

const saidOf = ({ name, is_published }: StencilRow) => ({ name, isPublished: is_published });

const changesOf = (before: StencilRow, after: ReturnType<typeof saidOf>): AuditChange[] =>
  differences(saidOf(before), after, ['name', 'isPublished']);

export const stencilService = (
  { store, packages }: { store: StencilStore; packages: Pick<StencilPackages, 'link'> },
  database: TenantDatabase,
): StencilService => {
  const get = async (scope: Scope, id: string): Promise<StencilRow> => {
    const row = await store.byId(scope, id);
    if (row === undefined) throw problem('stencil.not-found');
    return row;
  };
  const versions = async (scope: Scope, id: string) => {
    const rows = await store.versions(scope, id);
    if (rows.length === 0) throw problem('stencil.not-found');
    return rows;
  };
  return {
    page: (scope, query) =>
      listPage(query, {
        list: 'stencils',
        by: ['instant', 'id'],
        read: (place) => store.page(scope, place),
        keys: (row) => [row.created_at, row.id],
        present: presentStencil,
      }),
    get: async (scope, id) => presentStencil(await get(scope, id)),
    versions: async (scope, id) => (await versions(scope, id)).map(presentVersion),
    link: async (scope, { id, number }) => {
      const version = (await versions(scope, id)).find((one) => one.number === number);
      if (version === undefined) throw problem('stencil.not-found');
      return packages.link(scope, { mediaId: version.media_id, fileName: version.file_name });
    },
    change: async (scope, { id, version }, wanted) => {
      const row = await database.write(scope, async (transaction) => {
        const before = asSeen(await lockStencil(transaction, id), version, 'stencil.not-found');
        const said = { name: wanted.name ?? before.name, isPublished: wanted.isPublished ?? before.is_published };
        await updateStencil(transaction, { id, ...said }).catch(knownRefusal);
        const changes = changesOf(before, said);
        if (changes.length > 0)
          await scope.audit(transaction, {
            act: 'stencil.changed',
            subject: { ...stencilSubject(before), name: said.name },
            changes,
          });
        return lockStencil(transaction, id);
      });
      if (row === undefined) throw new Error('A stencil that was locked is not there');
      return presentStencil(row);
    },
    remove: (scope, { id, version }) =>
      database.write(scope, async (transaction) => {
        const row = asSeen(await lockStencil(transaction, id), version, 'stencil.not-found');
        await deleteStencil(transaction, id);
        const changes = removed({ ...saidOf(row), versions: row.latest });
        await scope.audit(transaction, { act: 'stencil.removed', subject: stencilSubject(row), changes });
      }),
  };
};

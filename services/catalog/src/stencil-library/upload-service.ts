import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { wrongPlace } from '@legendops/kit/http/wrong-places';
import type { MediaLimits } from '../media/quota.ts';
import { StencilRefusal } from '../stencil/refusal.ts';
import type { ReadStencil } from '../stencil/reader.ts';
import type { NewStencil, NewStencilVersion, Stencil } from './contract.ts';
import type { StencilPackages } from './packages.ts';
import type { ReaderPool } from './reader-pool.ts';
import { knownRefusal, stencilSubject } from './service.ts';
import { presentStencil, type StencilRow } from './stencil-row.ts';
import { lockStencil, lockStencilNamed, versionOf } from './store.ts';
import { insertStencil, insertVersion, pictureBytes, type UploadedFile } from './write-version.ts';

const mostVersions = 100;

interface Uploaded {
  stencil: Stencil;
  /** Nothing new: the stencil has these bytes already, such as from the same request sent twice. */
  wasThere: boolean;
}

export interface StencilUploadService {
  /** A new stencil of a file that was uploaded. Nothing is kept of one that is refused. */
  create(scope: ActingScope<'stencil.created'>, limits: MediaLimits, wanted: NewStencil): Promise<Uploaded>;
  addVersion(
    scope: ActingScope<'stencil.version-added'>,
    limits: MediaLimits,
    wanted: NewStencilVersion & { id: string },
  ): Promise<Uploaded>;
}

interface ReadFile {
  file: UploadedFile;
  read: ReadStencil;
}

const asProblem = (error: unknown): never => {
  if (!(error instanceof StencilRefusal)) throw error;
  const { code, detail } = error;
  throw problem('stencil.refused', { detail, places: [{ pointer: '/body/mediaId', code, detail }] });
};

// Whoever saves the package sees its name, and trusts it.
const refuseHiddenMacros = (fileName: string): void => {
  if (fileName.toLowerCase().endsWith('m')) return;
  throw wrongPlace(
    ['body', 'fileName'],
    'macros-hidden',
    'The file may hold macros, which its name hides: it is a .vssm, .vsdm or .vstm',
  );
};

const written = async (transaction: Transaction, id: string): Promise<StencilRow> => {
  const row = await lockStencil(transaction, id);
  if (row === undefined) throw new Error('A stencil was written, and is not there');
  return row;
};

export const stencilUploadService = (
  { packages, readers }: { packages: StencilPackages; readers: ReaderPool },
  database: TenantDatabase,
): StencilUploadService => {
  /** Reads the file and does the rest in one transaction, while no more files are held than there are readers. */
  const withFile = <T>(
    scope: Scope,
    { mediaId, fileName }: NewStencilVersion,
    work: (transaction: Transaction, opened: ReadFile) => Promise<T>,
  ): Promise<T> =>
    readers.lend(scope.tenantId, async (reader) => {
      const bytes = await packages.read(scope, mediaId);
      const read = await reader.read(bytes).catch(asProblem);
      if (read.hasMacros) refuseHiddenMacros(fileName);
      const file = { mediaId, fileName, sizeBytes: bytes.length };
      return database.write(scope, async (transaction) => {
        await packages.hold(transaction, scope, mediaId);
        return work(transaction, { file, read });
      });
    });

  const insertWithRoom = async (
    transaction: Transaction,
    scope: Scope,
    { limits, ...version }: Parameters<typeof insertVersion>[2] & { limits: MediaLimits },
  ): Promise<void> => {
    await packages.refuseWithoutRoom(transaction, scope, { bytes: pictureBytes(version.read), limits });
    await insertVersion(transaction, scope, version);
  };

  const factsOf = ({ file, read }: ReadFile) => ({
    file: file.fileName,
    sha256: read.sha256,
    masters: read.masters.length,
    ...(read.hasMacros && { macros: 'not read' }),
  });

  return {
    create: (scope, limits, { name, ...uploaded }) =>
      withFile(scope, uploaded, async (transaction, opened) => {
        const before = await lockStencilNamed(transaction, name);
        if (before?.sha256 === opened.read.sha256) return { stencil: presentStencil(before), wasThere: true };
        if (before !== undefined) throw problem('stencil.name-taken');
        const stencilId = await insertStencil(transaction, scope, name).catch(knownRefusal);
        await insertWithRoom(transaction, scope, { stencilId, number: 1, limits, ...opened });
        await scope.audit(transaction, {
          act: 'stencil.created',
          subject: stencilSubject({ id: stencilId, name }),
          changes: created({ name, ...factsOf(opened) }),
        });
        return { stencil: presentStencil(await written(transaction, stencilId)), wasThere: false };
      }),
    addVersion: (scope, limits, { id, ...uploaded }) =>
      withFile(scope, uploaded, async (transaction, opened) => {
        const before = await lockStencil(transaction, id);
        if (before === undefined) throw problem('stencil.not-found');
        const same = await versionOf(transaction, { id, sha256: opened.read.sha256 });
        if (same !== undefined) return { stencil: presentStencil(before), wasThere: true };
        const number = before.latest + 1;
        if (number > mostVersions) throw problem('stencil.too-many-versions');
        await insertWithRoom(transaction, scope, { stencilId: id, number, limits, ...opened });
        await scope.audit(transaction, {
          act: 'stencil.version-added',
          subject: stencilSubject(before),
          changes: created({ version: number, ...factsOf(opened) }),
        });
        return { stencil: presentStencil(await written(transaction, id)), wasThere: false };
      }),
  };
};

import { parseArgs } from 'node:util';
import { Refused } from '../environment-group.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { exportTenant } from './export-tenant.ts';
import { importTenant } from './import-tenant.ts';
import { databaseUrls, withDatabases } from './open-databases.ts';
import type { Contents } from './tenant-file.ts';

const usage = `npm run ops:tenant -- export NAME --to FILE
npm run ops:tenant -- import FILE [--digest DIGEST] [--go]
  export writes all rows of a tenant, out of all four databases, and the blobs that they name into one file that its owner alone can
  read. The tenant must be suspended, or retained after its deletion, so that nobody is at work. A blob that the storage has not is told
  by its name, and the file does without it. import brings such a file into databases that do not know the tenant, of the same
  release, as one that is retained: a Tenant with the annotation platform.legendops.io/adopt then has it. It reads all of the file
  first, tries all of it, and keeps nothing without --go; blobs are there before the rows that name them.
  Not in it: who is signed in, uploads that nobody has finished, and secrets of the vault (the connections to Pax8, QuickBooks and
  SuperOps are made anew).

  AUTH_DATABASE_URL, BILLING_DATABASE_URL, PORTAL_DATABASE_URL, CATALOG_DATABASE_URL
                       the databases, by a login that may become legendops_owner (legendops_migrator may)
  BLOB_URL             the account of media, as https://NAME.blob.core.windows.net, for whoever signed in to Azure and is a Storage
                       Blob Data Contributor there; a Reader may export
  BLOB_CONNECTION_STRING
                       instead, an emulator's
  --to FILE            where the export goes
  --digest DIGEST      what the export said of itself: a file that was made anew since then is refused
  --go                 keeps what an import brought
  --help

  0 done; 1 not done, or done without a blob that is lost; 2 refused: nothing was changed
`;

export interface Place {
  environment: Record<string, string | undefined>;
  now: () => Date;
  write: (text: string) => void;
  storage?: MediaStorage | undefined;
}

const counted = ({ tables, rows, blobs }: Contents): string =>
  `${rows} rows of ${tables} tables${blobs === 0 ? '' : `, ${blobs} blobs`}`;

/** Each by its name: a person looks for it in the storage's versions, or asks for it again. */
const tellLost = (lostBlobs: readonly string[], { write }: Place): number => {
  for (const one of lostBlobs) write(`Lost: ${one}`);
  if (lostBlobs.length === 0) return 0;
  write(
    `The export does without ${lostBlobs.length} blobs. Where the storage has them still (deleted blobs, versions), bring them back there and export again`,
  );
  return 1;
};

const exported = async (name: string, path: string, place: Place): Promise<number> => {
  const { environment, now, write, storage } = place;
  const done = await withDatabases(databaseUrls(environment), (clients) =>
    exportTenant(clients, { name, path, now: now(), storage }),
  );
  write(`Done: ${name} (${done.tenant.id}) is in ${path}: ${counted(done)}`);
  write(`Go on: where it shall be, npm run ops:tenant -- import ${path} --digest ${done.sha256}`);
  return tellLost(done.lostBlobs, place);
};

interface Importing {
  go: boolean;
  digest: string | undefined;
}

const imported = async (path: string, { go, digest }: Importing, place: Place): Promise<number> => {
  const { environment, write, storage } = place;
  const done = await withDatabases(databaseUrls(environment), (clients) =>
    importTenant(clients, path, { go, digest, storage }),
  );
  const { tenant, before, blobs, written } = done;
  if (!go) {
    write(`Would do: bring ${tenant.name} (${tenant.id}) in: ${counted(done)}; these databases take all of the rows`);
    const held = digest === undefined ? '' : ` --digest ${digest}`;
    write(`Nothing was changed. To do it: npm run ops:tenant -- import ${path}${held} --go`);
    return tellLost(done.lostBlobs, place);
  }
  if (before.length > 0) write(`Was there already, the same: ${before.join(', ')}`);
  if (blobs > 0) write(`${written} blobs were written, the others stood there already`);
  write(`Done: ${tenant.name} (${tenant.id}) is here as a retained tenant: ${counted(done)}`);
  write(
    `Go on: apply its Tenant, named ${tenant.name}, with the annotation platform.legendops.io/adopt: "${tenant.id}"; then connect its accounts anew`,
  );
  return tellLost(done.lostBlobs, place);
};

/** 0 done; 1 not done, or done without a blob that is lost; 2 asked wrongly, or refused: nothing was changed. */
export const tenantCommand = async (parameters: readonly string[], place: Place): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      to: { type: 'string' },
      digest: { type: 'string' },
    },
  });
  if (values.help) {
    place.write(usage);
    return 0;
  }
  const [what, subject, ...more] = positionals;
  if ((what !== 'export' && what !== 'import') || subject === undefined || more.length > 0)
    throw new Refused('Say what: export NAME --to FILE, or import FILE. --help says more');
  if (what === 'import') return imported(subject, { go: values.go, digest: values.digest }, place);
  if (values.to === undefined) throw new Refused('Say where the export goes: --to FILE');
  return exported(subject, values.to, place);
};

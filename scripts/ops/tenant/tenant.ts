import { parseArgs } from 'node:util';
import { Refused } from '../environment-group.ts';
import { exportTenant } from './export-tenant.ts';
import { importTenant } from './import-tenant.ts';
import { databaseUrls, withDatabases } from './open-databases.ts';

const usage = `npm run ops:tenant -- export NAME --to FILE
npm run ops:tenant -- import FILE [--go]
  export writes all rows of a tenant, out of all four databases, into one file that its owner alone can read. The tenant must be
  suspended, or retained after its deletion, so that nobody is at work. import brings such a file into databases that do not know the
  tenant, of the same release, as one that is retained: a Tenant with the annotation platform.legendops.io/adopt then has it. It
  tries all of it, and keeps nothing without --go.
  Not in it: who is signed in, secrets of the vault (the connections to Pax8, QuickBooks and SuperOps are made anew), and what
  stands in the blob storage, which is copied by the tenant's prefix.

  AUTH_DATABASE_URL, BILLING_DATABASE_URL, PORTAL_DATABASE_URL, CATALOG_DATABASE_URL
                       the databases, by a login that may become legendops_owner (legendops_migrator may)
  --to FILE            where the export goes
  --go                 keeps what an import brought
  --help
`;

export interface Place {
  environment: Record<string, string | undefined>;
  now: () => Date;
  write: (text: string) => void;
}

const counted = ({ tables, rows }: { tables: number; rows: number }): string => `${rows} rows of ${tables} tables`;

const exported = async (name: string, path: string, { environment, now, write }: Place): Promise<number> => {
  const done = await withDatabases(databaseUrls(environment), (clients) =>
    exportTenant(clients, { name, path, now: now() }),
  );
  write(`Done: ${name} (${done.tenant.id}) is in ${path}: ${counted(done)}`);
  write(`Go on: where it shall be, npm run ops:tenant -- import ${path}`);
  return 0;
};

const imported = async (path: string, go: boolean, { environment, write }: Place): Promise<number> => {
  const done = await withDatabases(databaseUrls(environment), (clients) => importTenant(clients, path, { go }));
  const { tenant, before } = done;
  if (!go) {
    write(`Would do: bring ${tenant.name} (${tenant.id}) in: ${counted(done)}, all of which these databases take`);
    write(`Nothing was changed. To do it: npm run ops:tenant -- import ${path} --go`);
    return 0;
  }
  if (before.length > 0) write(`Was there already, the same: ${before.join(', ')}`);
  write(`Done: ${tenant.name} (${tenant.id}) is here as a retained tenant: ${counted(done)}`);
  write(
    `Go on: apply its Tenant, named ${tenant.name}, with the annotation platform.legendops.io/adopt: "${tenant.id}"; then connect its accounts anew`,
  );
  return 0;
};

/** 0 done; 1 not done; 2 asked wrongly, or refused: nothing was changed. */
export const tenantCommand = async (parameters: readonly string[], place: Place): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      to: { type: 'string' },
    },
  });
  if (values.help) {
    place.write(usage);
    return 0;
  }
  const [what, subject, ...more] = positionals;
  if ((what !== 'export' && what !== 'import') || subject === undefined || more.length > 0)
    throw new Refused('Say what: export NAME --to FILE, or import FILE. --help says more');
  if (what === 'import') return imported(subject, values.go, place);
  if (values.to === undefined) throw new Refused('Say where the export goes: --to FILE');
  return exported(subject, values.to, place);
};

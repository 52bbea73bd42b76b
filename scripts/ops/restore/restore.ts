import { parseArgs } from 'node:util';
import { Refused } from '../environment-group.ts';
import { databaseUrls, withDatabases } from '../tenant/open-databases.ts';
import type { Place } from '../tenant/tenant.ts';
import { momentsApartMs, readManifest, takeManifest, writeManifest } from './manifest.ts';
import { verifyDatabases, type Checked } from './verify-databases.ts';

const usage = `npm run ops:restore -- manifest --to FILE
npm run ops:restore -- verify [--against FILE]
  A backup counts when it was restored. manifest notes what every table of every tenant holds now, as counts and digests, without a
  row of anybody, and of which moment that is: one of each database, all four taken before any is read. verify looks at databases
  that were restored: whether their schema is that of this release, isolation stands, roles and logins are there, the ledgers hold,
  the blobs that rows name are in the storage and, against a manifest, whether every tenant has what it had then. Both change nothing.

  AUTH_DATABASE_URL, BILLING_DATABASE_URL, PORTAL_DATABASE_URL, CATALOG_DATABASE_URL
                       the databases, by a login that may become legendops_owner (legendops_migrator may); verify reads the
                       roles too, and takes the administrator of the server
  BLOB_URL             for verify: the account of media, for whoever signed in to Azure and is a Storage Blob Data Reader there;
                       without it blobs are not looked at (BLOB_CONNECTION_STRING instead: an emulator's)
  --to FILE            where the manifest goes
  --against FILE       a manifest of the moment that was restored
  --help
`;

const shown = 5;
const lineOf = ({ what, wrong, mendedByName = false, notLookedAt }: Checked): string => {
  if (notLookedAt !== undefined) return `left   ${what}: ${notLookedAt}`;
  if (wrong.length === 0) return `ok     ${what}`;
  const named = mendedByName ? wrong : wrong.slice(0, shown);
  const more = wrong.length > named.length ? [`         and ${wrong.length - named.length} more`] : [];
  return [`WRONG  ${what}`, ...named.map((one) => `         ${one}`), ...more].join('\n');
};

const noted = async (path: string, { environment, write }: Place): Promise<number> => {
  const manifest = await withDatabases(databaseUrls(environment), takeManifest);
  await writeManifest(path, manifest);
  const tenants = Object.keys(manifest.databases.portal_db ?? {}).length;
  const { moments } = manifest;
  write(`Done: what ${tenants} tenants have is noted in ${path}`);
  for (const [database, moment] of Object.entries(moments)) write(`  ${database} as of ${moment}`);
  write(`The four moments are ${momentsApartMs(manifest)} ms apart`);
  return 0;
};

const verified = async (path: string | undefined, { environment, write, storage }: Place): Promise<number> => {
  const manifest = path === undefined ? undefined : await readManifest(path);
  const isWhole = await withDatabases(databaseUrls(environment), (clients) =>
    verifyDatabases(clients, { manifest, storage, say: (checked) => write(lineOf(checked)) }),
  );
  write(
    isWhole
      ? 'The restored databases are whole. Go on: npm run audit:verify with the URL of portal_db follows the audit trails'
      : 'The restored databases are not whole: nobody should work with them. docs/operations/disaster-recovery.md says what each means',
  );
  return isWhole ? 0 : 1;
};

/** 0 done, or whole; 1 not whole; 2 asked wrongly. */
export const restore = async (parameters: readonly string[], place: Place): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false }, to: { type: 'string' }, against: { type: 'string' } },
  });
  if (values.help) {
    place.write(usage);
    return 0;
  }
  const [what, ...more] = positionals;
  if (more.length > 0 || (what !== 'manifest' && what !== 'verify'))
    throw new Refused('Say what: manifest --to FILE, or verify. --help says more');
  if (what === 'verify') return verified(values.against, place);
  if (values.to === undefined) throw new Refused('Say where the manifest goes: --to FILE');
  return noted(values.to, place);
};

import { parseArgs } from 'node:util';
import { Refused } from '../environment-group.ts';
import { databaseUrls, withDatabases } from '../tenant/open-databases.ts';
import type { Place } from '../tenant/tenant.ts';
import { readManifest, takeManifest, writeManifest } from './manifest.ts';
import { verifyDatabases, type Checked } from './verify-databases.ts';

const usage = `npm run ops:restore -- manifest --to FILE
npm run ops:restore -- verify [--against FILE]
  A backup counts when it was restored. manifest notes what every table of every tenant holds now, as counts and digests, without a
  row of anybody. verify looks at databases that were restored: whether their schema is that of this release, isolation stands, roles
  and logins are there, the ledgers hold and, against a manifest, whether every tenant has what it had then. Both change nothing.

  AUTH_DATABASE_URL, BILLING_DATABASE_URL, PORTAL_DATABASE_URL, CATALOG_DATABASE_URL
                       the databases, by a login that may become legendops_owner (legendops_migrator may); verify reads the
                       roles too, and takes the administrator of the server
  --to FILE            where the manifest goes
  --against FILE       a manifest of the moment that was restored
  --help
`;

const shown = 5;
const lineOf = ({ what, wrong }: Checked): string => {
  if (wrong.length === 0) return `ok     ${what}`;
  const more = wrong.length > shown ? [`         and ${wrong.length - shown} more`] : [];
  return [`WRONG  ${what}`, ...wrong.slice(0, shown).map((one) => `         ${one}`), ...more].join('\n');
};

const noted = async (path: string, { environment, now, write }: Place): Promise<number> => {
  const manifest = await withDatabases(databaseUrls(environment), (clients) => takeManifest(clients, now()));
  await writeManifest(path, manifest);
  const tenants = Object.keys(manifest.databases.portal_db ?? {}).length;
  write(`Done: what ${tenants} tenants have, as of ${manifest.takenAt}, is noted in ${path}`);
  return 0;
};

const verified = async (path: string | undefined, { environment, write }: Place): Promise<number> => {
  const manifest = path === undefined ? undefined : await readManifest(path);
  const isWhole = await withDatabases(databaseUrls(environment), (clients) =>
    verifyDatabases(clients, { manifest, say: (checked) => write(lineOf(checked)) }),
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

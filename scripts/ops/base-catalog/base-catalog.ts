import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { applyBaseCatalog, plannedBase, type AppliedBase } from '@legendops/catalog/base-catalog/apply-base-catalog';
import { readBaseCatalog } from '@legendops/catalog/base-catalog/read-base-catalog';
import { databaseVariable } from '@legendops/kit/config/databases';
import { createPool } from '@legendops/kit/db/pool';
import { messageOf } from '@legendops/kit/errors/message-of';
import { Refused } from '../environment-group.ts';

const usage = `npm run ops:base -- FILE [--go]
  makes the base catalog, which all tenants may take products from, what FILE says: a JSON list of products, each with a key that
  it keeps for ever. What the file no longer has is retired: nobody can take it, and who has it keeps it. Then the products of
  tenants follow in every field that is not their own. A file with a wrong row is refused, row by row, and changes nothing.
  Without --go it says what it would do.

  CATALOG_DATABASE_URL the database, by a login that may become legendops_owner (legendops_migrator may)
  --go                 does it
  --help
`;

interface Place {
  environment: Record<string, string | undefined>;
  write: (text: string) => void;
}

const shownRows = 20;

const entriesOf = async (path: string) => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refused(`${path} cannot be read: ${messageOf(error)}`);
  });
  const { entries, errors } = readBaseCatalog(text);
  if (errors.length > 0)
    throw new Refused(
      [
        `${path} is refused, and nothing was changed:`,
        ...errors.slice(0, shownRows).map((error) => `  ${error}`),
        ...(errors.length > shownRows ? [`  and ${errors.length - shownRows} more`] : []),
      ].join('\n'),
    );
  return entries;
};

const counted = ({ added, changed, retired, unchanged }: AppliedBase['counts']): string =>
  `${added} added, ${changed} changed, ${retired} retired, ${unchanged} as they were`;

/** 0 done; 1 not all could follow; 2 asked wrongly, or refused: nothing was changed. */
export const baseCatalogCommand = async (
  parameters: readonly string[],
  { environment, write }: Place,
): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false }, go: { type: 'boolean', default: false } },
  });
  if (values.help) {
    write(usage);
    return 0;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Refused('Say which file: FILE [--go]. --help says more');
  const variable = databaseVariable('catalog_db');
  const url = environment[variable];
  if (!url)
    throw new Refused(`No database was named: set ${variable} to the URL of a login that may become legendops_owner`);
  const entries = await entriesOf(path);
  const pool = createPool({ connectionString: url, max: 1 });
  try {
    if (!values.go) {
      write(`Would do: ${counted(await plannedBase(pool, entries))}; then what stands on them follows`);
      write(`Nothing was changed. To do it: npm run ops:base -- ${path} --go`);
      return 0;
    }
    const { counts, followed, behind } = await applyBaseCatalog(pool, entries);
    write(`Done: ${counted(counts)}; products of tenants that followed: ${followed}`);
    for (const { tenantId, sku, key } of behind)
      write(`Not done: ${sku} of tenant ${tenantId} does not follow ${key}, whose number another product of it has`);
    if (behind.length > 0) write('Go on: have the tenant change the other product, then run this again');
    return behind.length > 0 ? 1 : 0;
  } finally {
    await pool.end();
  }
};

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { applyBaseCatalog, plannedBase } from '@legendops/catalog/base-catalog/apply-base-catalog';
import { readBaseCatalog } from '@legendops/catalog/base-catalog/read-base-catalog';
import { ReusedKeys, type WrittenBase } from '@legendops/catalog/base-catalog/write-base';
import { databaseVariable } from '@legendops/kit/config/databases';
import { createPool } from '@legendops/kit/db/pool';
import { messageOf } from '@legendops/kit/errors/message-of';
import { Refused } from '../environment-group.ts';

const usage = `npm run ops:base -- FILE [--go]
  makes the base catalog, which all tenants may take products from, what FILE says: a JSON list of products, each with a key that
  it keeps for ever. What the file no longer has is retired: nobody can take it, and who has it keeps it. Then the products of
  tenants follow in every field that is not their own; one that has prices, or that others hold so many of, keeps its unit.
  A file with a wrong row is refused, row by row, and changes nothing; so is one in which a key comes to be another product's.
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

const refusedBy = (path: string, errors: readonly string[]): Refused =>
  new Refused([`${path} is refused, and nothing was changed:`, ...firstOf(errors)].join('\n'));

const firstOf = (lines: readonly string[]): string[] => [
  ...lines.slice(0, shownRows).map((line) => `  ${line}`),
  ...(lines.length > shownRows ? [`  and ${lines.length - shownRows} more`] : []),
];

const entriesOf = async (path: string) => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Refused(`${path} cannot be read: ${messageOf(error)}`);
  });
  const { entries, errors } = readBaseCatalog(text);
  if (errors.length > 0) throw refusedBy(path, errors);
  return entries;
};

const counted = ({ counts: { added, changed, retired, unchanged } }: WrittenBase): string =>
  `${added} added, ${changed} changed, ${retired} retired, ${unchanged} as they were`;

const retiredLines = ({ retired }: WrittenBase): string[] =>
  retired.length === 0 ? [] : ['Retired:', ...firstOf(retired.map(({ key, name }) => `${key} (${name})`))];

/** A key that would be another product's is a mistake in the file, as a wrong row is. */
const refusingReused = (path: string) => (error: unknown) => {
  if (!(error instanceof ReusedKeys)) throw error;
  throw refusedBy(
    path,
    error.reused.map(({ key, was, now }) => `${key} is “${was}”: give “${now}” a key of its own`),
  );
};

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
      const planned = await plannedBase(pool, entries).catch(refusingReused(path));
      write(`Would do: ${counted(planned)}; then what stands on them follows`);
      for (const line of retiredLines(planned)) write(line);
      write(`Nothing was changed. To do it: npm run ops:base -- ${path} --go`);
      return 0;
    }
    const applied = await applyBaseCatalog(pool, entries).catch(refusingReused(path));
    const { followed, behind, keptUnit } = applied;
    write(`Done: ${counted(applied)}; products of tenants that followed: ${followed}`);
    for (const line of retiredLines(applied)) write(line);
    for (const { tenantId, sku, key } of keptUnit)
      write(
        `Kept: ${sku} of tenant ${tenantId} keeps the unit that it is priced or counted by, and not that of ${key}`,
      );
    for (const { tenantId, sku, key } of behind)
      write(`Not done: ${sku} of tenant ${tenantId} does not follow ${key}, whose number another product of it has`);
    if (behind.length > 0) write('Go on: have the tenant change the other product, then run this again');
    return behind.length > 0 ? 1 : 0;
  } finally {
    await pool.end();
  }
};

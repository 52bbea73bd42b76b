import { benchHttp } from './http.ts';
import { benchTransaction } from './transaction.ts';

/** `npm run bench -- [names]`: each benchmark prints its figures and ratios in one run; all of them without a name. */
const benchmarks: Record<string, () => Promise<boolean>> = { http: benchHttp, transaction: benchTransaction };

const usage = `npm run bench -- [${Object.keys(benchmarks).join('|')}] …
  http         a list of 20 rows through a service, against bare node:http + pg doing the same
  transaction  a tenant's transaction, against the same statement without row level security and roles
`;

const names = process.argv.slice(2);
if (names.includes('--help') || names.some((name) => !benchmarks[name])) process.stdout.write(usage);
else {
  let met = true;
  for (const name of names.length > 0 ? names : Object.keys(benchmarks))
    met = ((await benchmarks[name]?.()) ?? true) && met;
  process.exitCode = met ? 0 : 1;
}

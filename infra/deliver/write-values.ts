import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chartValues, type ForCharts } from './chart-values.ts';
import { digestsIn } from './release-folder.ts';

const usage = `Usage: node infra/deliver/write-values.ts OUTPUTS --from FOLDER --version X.Y.Z

Prints the values of charts/legendops for one environment: what its deployment told (OUTPUTS, the JSON of
\`az deployment sub create --query properties.outputs\`), the digests of the images in FOLDER, and the variables
LEGENDOPS_SIGN_IN_CLIENT_ID, LEGENDOPS_QUICKBOOKS_CLIENT_ID and LEGENDOPS_MAIL_FROM. Changes nothing.
`;

const run = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, from: { type: 'string' }, version: { type: 'string' } },
  });
  if (values.help) return void process.stdout.write(usage);
  const [path] = positionals;
  if (path === undefined || values.from === undefined || values.version === undefined) throw new Error(usage);
  const { forCharts } = JSON.parse(readFileSync(path, 'utf8')) as { forCharts: { value: ForCharts } };
  const release = { version: values.version, digests: digestsIn(values.from) };
  process.stdout.write(`${JSON.stringify(chartValues(forCharts.value, release, process.env), undefined, 2)}\n`);
};

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { parseArgs } from 'node:util';
import { environments, isEnvironment } from '../rules/resource.ts';
import { bicep } from './compiler.ts';
import { snapshotArguments } from './snapshot.ts';

/** `npm run infra:snapshot`: writes what each environment would be, or says how that differs from what is committed. */
const usage = `Usage: npm run infra:snapshot -- [--compare] [${environments.join('|')} …]

Writes infra/environments/NAME.snapshot.json of the named environments, of all where none is named. Needs the Bicep compiler (of
LEGENDOPS_TOOLS, else of the path) and no network. Snapshots are made without the LEGENDOPS_… variables of this machine.

  --compare  writes nothing, and prints the change from the committed snapshots as a reviewer reads it; ends with 1 when
             there is one
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, compare: { type: 'boolean', default: false } },
});
const wrong = positionals.find((name) => !isEnvironment(name));
if (values.help || wrong !== undefined) {
  process[wrong === undefined ? 'stdout' : 'stderr'].write(
    wrong === undefined ? usage : `There is no environment ${wrong}: ${environments.join(', ')} are there\n`,
  );
  process.exit(wrong === undefined ? 0 : 2);
}

const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LEGENDOPS_')));
let differs = false;
for (const name of positionals.length > 0 ? positionals.filter(isEnvironment) : environments) {
  const { exitCode, stdout, stderr } = await bicep(
    snapshotArguments(name, values.compare ? 'Validate' : 'Overwrite'),
    bare,
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.stdout.write(
    `${name}: ${exitCode === 0 ? (values.compare ? 'as committed' : 'written') : 'differs, or does not compile'}\n`,
  );
  differs ||= exitCode !== 0;
}
process.exitCode = differs ? 1 : 0;

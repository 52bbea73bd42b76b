// The first command after a clone, in plain JavaScript for any Node >= 20: installs what is missing, then hands over to
// the Node of the `node` package, which runs our TypeScript as it is.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.legendops-lockfile');
const node = join(modules, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

// What runs the platform is installed for every command, what only tests and checks need when one of them is given.
const commands = {
  start: ['scripts/start/start.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  check: ['scripts/check/check.ts'],
  bench: ['scripts/bench/bench.ts'],
  generate: ['scripts/generate/generate.ts'],
  calc: ['scripts/calc/calc.ts'],
  'e2e:cluster': ['scripts/suites/cluster/main.ts'],
  kind: ['scripts/kind/kind.ts'],
  kubernetes: ['scripts/kubernetes/serve.ts'],
  simulate: ['scripts/simulate/simulate.ts'],
  'ops:bootstrap': ['scripts/ops/bootstrap.ts'],
  'ops:cost': ['scripts/ops/cost.ts'],
  'ops:entra': ['scripts/ops/entra.ts'],
  'ops:idle': ['scripts/ops/idle.ts'],
  'ops:restore': ['scripts/ops/restore.ts'],
  'ops:restore-server': ['scripts/ops/restore-server.ts'],
  'ops:rotate': ['scripts/ops/rotate.ts'],
  'ops:tenant': ['scripts/ops/tenant.ts'],
  stencil: ['scripts/stencil/stencil.ts'],
  'audit:verify': ['scripts/audit/verify.ts'],
};

const withoutTools = new Set(['start', 'e2e:cluster', 'kind', 'kubernetes', 'calc', 'stencil', 'audit:verify']);

// What needs nothing but Node and npm; the gate names the other projects itself.
const testProjects = ['unit', 'db', 'platform'].flatMap((project) => ['--project', project]);

const lockfile = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const fail = (message) => {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
};

// Installing is told on the error stream: what a command prints belongs to the command, and may be read by a program.
const npm = (...parameters) => {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const program = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(program, [...parameters, ...quiet], { cwd: root, stdio: ['inherit', 2, 2] });
  if (done.status !== 0)
    fail('Packages could not be installed. Check the connection to your npm registry, then run the command again.');
};

/** The stamp holds the lockfile's digest, and " with tools" where those are there as well. */
const install = (withTools) => {
  const wanted = lockfile();
  const complete = `${wanted} with tools`;
  const there = existsSync(stamp) && existsSync(node) ? readFileSync(stamp, 'utf8') : '';
  if (there === complete || (there === wanted && !withTools)) return;
  // Added, not anew: a platform may be running from these modules. Both whatever NODE_ENV says.
  if (there === wanted) {
    process.stderr.write('Installing the tools of tests and checks (once) …\n');
    npm('install', '--no-save', '--include=dev');
  } else {
    process.stderr.write('Installing packages (under a minute, once) …\n');
    npm('ci', withTools ? '--include=dev' : '--omit=dev');
  }
  // Where npm runs no install scripts, the `node` package has not fetched its binary yet.
  if (!existsSync(node))
    spawnSync(process.execPath, ['installArchSpecificPackage'], {
      cwd: join(modules, 'node'),
      stdio: ['inherit', 2, 2],
    });
  if (!existsSync(node))
    fail('The package `node` has no binary for this machine. Run the command with Node 24 or later.');
  writeFileSync(stamp, withTools ? complete : wanted);
};

const run = (command, parameters) => {
  const script = commands[command];
  if (!script) fail(`Usage: node scripts/bootstrap.mjs ${Object.keys(commands).join('|')}`);
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node 20 or later is needed, this is ${process.versions.node}.`);
  install(!withoutTools.has(command));
  const namesProjects = parameters.some((one) => one === '--project' || one.startsWith('--project='));
  if (command === 'test' && !namesProjects) parameters.push(...testProjects);
  const environment = {
    ...process.env,
    PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}`,
    NODE_NO_WARNINGS: '1',
    // Compiled modules are kept from one command to the next.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(modules, '.cache/node'),
  };
  const child = spawn(node, [...script, ...parameters], { cwd: root, stdio: 'inherit', env: environment });
  // A terminal sends Ctrl-C, and its own end, to the child as well: handed on, it would come twice. We stay until it ends.
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => hasTerminal || child.kill(signal));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
};

run(process.argv[2], process.argv.slice(3));

import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const usage = `npm run simulate -- [options]
  --seeds 10000   how many simulated worlds of billing
  --from 1001     the first seed
Seeds that find something are printed, and kept in services/billing/src/testing/simulation/kept-seeds/: from then on they are
the first of every run, also in the gate.
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1001' },
  },
});

const suites = ['months', 'books', 'years'].map(
  (kind) => `services/billing/src/testing/simulation/${kind}.exhaustive-test.ts`,
);

if (values.help) process.stdout.write(usage);
else {
  const environment = { SIMULATION_SEEDS: values.seeds, SIMULATION_FROM: values.from, SIMULATION_KEEP: 'true' };
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'exhaustive', ...suites],
    { stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

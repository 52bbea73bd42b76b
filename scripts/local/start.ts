import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPlatform, type Platform } from './platform.ts';
import { progressTo } from './progress.ts';
import { onlyOneHere } from './running-here.ts';
import { summaryTable } from './summary-table.ts';
import { seedOnce, type SeededPeople } from '../seed/seed.ts';

const usage = `npm start -- [options]
  The whole platform on this machine, until Ctrl-C. State is kept in .legendops/.

  --reset      removes that state first: begins anew
  --no-seed    without the three example providers
  --help

  LEGENDOPS_KUBECONFIG=<file>  uses that cluster instead of the one in memory
`;

const root = join(import.meta.dirname, '../..');
const directory = join(root, '.legendops');

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const run = async (): Promise<void> => {
  const release = await onlyOneHere(directory);
  const began = performance.now();
  if (values.reset) await rm(directory, { recursive: true, force: true });
  await release.hold();
  const write = (text: string): void => void process.stdout.write(text);
  const progress = progressTo(write);
  write('\nLegendOps on this machine\n\n');

  let platform: Platform | undefined;
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    write('\nStopping …\n');
    await platform?.stop();
    await release.free();
    process.exit(code);
  };
  const untilReady = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      untilReady.abort();
      if (platform) void stop(0);
    });
  }

  platform = await startPlatform({
    root,
    directory,
    usualPorts: true,
    kubeconfigPath: process.env.LEGENDOPS_KUBECONFIG,
    progress,
  });
  let people: SeededPeople = [];
  try {
    if (!values['no-seed'] && !untilReady.signal.aborted)
      people = await seedOnce(platform, progress, untilReady.signal);
  } catch (error) {
    if (!untilReady.signal.aborted) {
      process.stderr.write(
        `\nThe example data could not be made: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      await stop(1);
    }
  }
  if (untilReady.signal.aborted) {
    await stop(0);
    return;
  }
  await platform.announce();
  write(summaryTable(platform.endpoints, people, (performance.now() - began) / 1000));
};

if (values.help) process.stdout.write(usage);
else {
  await run().catch((error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

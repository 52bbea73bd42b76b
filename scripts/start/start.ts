import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '@legendops/kit/errors/message-of';
import { startPlatform, type Platform } from '../local/platform.ts';
import { progressTo, type Progress } from '../local/progress.ts';
import { onlyOneHere } from './running-here.ts';
import { summaryTable } from './summary-table.ts';
import { seedOnce, type SeededPeople } from '../seed/seed.ts';

const usage = `npm start -- [options]
  The whole platform on this machine, until Ctrl-C. State is kept in .legendops/.

  --reset      removes that state first: begins anew
  --no-seed    without the three example providers
  --state <folder>  where that state is kept instead
  --help

  LEGENDOPS_KUBECONFIG=<file>  uses that cluster instead of the one in memory, with --no-seed: its Jobs
                               reach neither an image of ours nor this machine's PostgreSQL
`;

const root = join(import.meta.dirname, '../..');

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    'no-seed': { type: 'boolean', default: false },
    state: { type: 'string', default: join(root, '.legendops') },
    help: { type: 'boolean', default: false },
  },
});

const directory = resolve(values.state);

const write = (text: string): void => void process.stdout.write(text);

interface Ending {
  /** Aborted by the first signal: every wait of a start ends with it. */
  signal: AbortSignal;
  come: Promise<undefined>;
}

const endingBySignal = (): Ending => {
  const ending = new AbortController();
  const come = new Promise<undefined>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (ending.signal.aborted) return;
        write('\nStopping …\n');
        ending.abort();
        resolve(undefined);
      });
    }
  });
  return { signal: ending.signal, come };
};

const seed = async (platform: Platform, progress: Progress, signal: AbortSignal): Promise<SeededPeople> => {
  try {
    return await seedOnce(platform, progress, signal);
  } catch (error) {
    throw new Error(`The example data could not be made: ${messageOf(error)}`, { cause: error });
  }
};

// The example data is made by Jobs, which run as processes of this machine only in the cluster in memory.
const kubeconfigPath = process.env.LEGENDOPS_KUBECONFIG;
const seeds = !values['no-seed'] && kubeconfigPath === undefined;

/** The platform from its start to the signal that ends it. */
const run = async ({ signal, come }: Ending): Promise<void> => {
  const began = performance.now();
  write('\nLegendOps on this machine\n\n');
  const progress = progressTo(write);
  const platform = await startPlatform({
    root,
    directory,
    usualPorts: true,
    kubeconfigPath,
    progress,
    signal,
  });
  try {
    const people = seeds ? await Promise.race([seed(platform, progress, signal), come]) : [];
    if (people === undefined || signal.aborted) return;
    if (kubeconfigPath !== undefined) progress.line(`No example providers in the cluster of ${kubeconfigPath}`);
    await platform.announce();
    const seconds = (performance.now() - began) / 1000;
    write(summaryTable(platform.endpoints, people, { seconds, directory }));
    await come;
  } finally {
    await platform.stop();
  }
};

const main = async (): Promise<number> => {
  const ending = endingBySignal();
  const here = await onlyOneHere(directory);
  try {
    if (values.reset) await here.clear();
    await run(ending);
    return 0;
  } catch (error) {
    if (ending.signal.aborted) return 0;
    throw error;
  } finally {
    await here.free();
  }
};

if (values.help) process.stdout.write(usage);
else {
  const code = await main().catch((error: unknown) => {
    process.stderr.write(`\n${messageOf(error)}\n`);
    return 1;
  });
  process.exit(code);
}

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '@legendops/kit/errors/message-of';
import { buildImages } from './images.ts';
import { noCluster } from './machine.ts';
import { parts } from './parts.ts';
import { installPlatform } from './platform.ts';
import { Summary } from './summary.ts';

const usage = `npm run e2e:cluster -- [options]
  LegendOps on a real one-node cluster of this machine (LEGENDOPS_TOOLS, Linux, root): builds the images, installs the charts,
  and shows what it holds, each part with its count and seconds.

  --only a,b    these parts alone: ${parts.map(({ name }) => name).join(', ')}
  --in folder   where the cluster is; one that --keep has left there is taken as it is
  --keep        leaves the cluster there
  --no-build    takes the images of an earlier run
  --help
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    in: { type: 'string', default: join(tmpdir(), `legendops-cluster-${process.pid}`) },
    keep: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const write = (text: string): void => void process.stdout.write(text);

const run = async (): Promise<number> => {
  const summary = new Summary((line) => write(`${line}\n`));
  const chosen = values.only?.split(',') ?? parts.map(({ name }) => name);
  if (!values['no-build'])
    await summary.part('images are built', async () => ({ count: await buildImages(), of: 'images' }));
  const platform = await installPlatform(values.in, summary);
  try {
    for (const { name, title, see } of parts)
      if (chosen.includes(name)) await summary.part(title, () => see(platform)).catch(() => undefined);
  } finally {
    await platform.leave();
    if (!values.keep) await platform.machine.down();
  }
  write(`\n${summary.text()}`);
  return summary.failed;
};

const main = async (): Promise<void> => {
  if (values.help) return write(usage);
  const missing = noCluster();
  if (missing !== undefined) throw new Error(`No cluster can be had here: ${missing}`);
  process.exitCode = (await run()) === 0 ? 0 : 1;
};

await main().catch((error: unknown) => {
  process.stderr.write(`\n${messageOf(error)}\n`);
  process.exitCode = 1;
});

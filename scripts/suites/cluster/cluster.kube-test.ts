import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImages } from './images.ts';
import { noCluster } from './machine.ts';
import { parts } from './parts.ts';
import { installPlatform, type Platform } from './platform.ts';
import { Summary } from './summary.ts';

const missing = noCluster();
const minutes = 60_000;

// Those that end within minutes; `npm run e2e:cluster` shows the others, too.
const inCi = new Set(['ready', 'weights', 'invoice', 'limits', 'access', 'network', 'kills', 'upgrade', 'uninstall']);

describe.skipIf(missing !== undefined)(
  `LegendOps on a real one-node cluster (${missing === undefined ? 'as it is installed' : `skipped: ${missing}`})`,
  () => {
    const summary = new Summary((line) => void process.stdout.write(`${line}\n`));
    let folder: string;
    let platform: Platform | undefined;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'legendops-cluster-'));
      await summary.part('images are built', async () => ({ count: await buildImages(), of: 'images' }));
      platform = await installPlatform(join(folder, 'cluster'), summary);
    }, 20 * minutes);
    afterAll(async () => {
      await platform?.leave();
      await platform?.machine.down();
      await rm(folder, { recursive: true, force: true });
    }, 2 * minutes);

    it.each(parts.filter(({ name }) => inCi.has(name)))(
      '$title',
      async ({ title, see }) => {
        await expect(summary.part(title, () => see(platform as Platform))).resolves.toBeUndefined();
      },
      5 * minutes,
    );
  },
);

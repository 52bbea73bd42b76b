import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDeployment, aRelease, people } from '../../../infra/deliver/testing/a-deployment.ts';
import { images, type ImageKey } from '../../../infra/deliver/chart-values.ts';
import { anEnvironment } from '../../doubles/azure/account.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootstrap } from '../bootstrap/bootstrap.ts';
import type { Script } from '../command.ts';
import { cost } from '../cost/cost.ts';
import { entra } from '../entra/entra.ts';
import { idle } from '../idle/idle.ts';
import { anEnvironmentFile } from './an-environment-file.ts';
import { startOpsWorld, subscription, type OpsWorld } from './ops-world.ts';

const root = join(import.meta.dirname, '../../..');
const spared = '30000000-0000-4000-8000-000000000001';

/** The commands of one chapter, as they stand in its blocks of shell. */
const commandsOf = (document: string, chapter: string): string[] => {
  const [, text = ''] = readFileSync(join(root, document), 'utf8').split(`\n## ${chapter}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/```sh\n([\S\s]*?)```/g)].flatMap(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
};
const commands = commandsOf('docs/onboarding.md', 'From an empty subscription to a first tenant');

const scripts: Record<string, Script> = { bootstrap, entra, idle, cost };
/** Others run these: the compiler's suite, the suites of the platform and of a cluster; nobody those of az. */
const elsewhere = /^(az |set -a|kubectl |npm run infra:check -- dev$)/;

let world: OpsWorld;
let folder: string;
beforeAll(async () => {
  world = await startOpsWorld({ groups: [], resources: [] });
  world.azure.account.graph.groups.push(spared);
  folder = mkdtempSync(join(tmpdir(), 'legendops-onboarding-'));
  writeFileSync(join(folder, 'dev.env'), anEnvironmentFile());
  writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ forCharts: { value: aDeployment() } }));
  mkdirSync(join(folder, 'release'));
  for (const [key, digest] of Object.entries(aRelease.digests))
    writeFileSync(
      join(folder, 'release', `${images[key as ImageKey]}.json`),
      JSON.stringify({ 'containerimage.digest': digest }),
    );
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const runScript = async (name: string, parameters: readonly string[]): Promise<void> => {
  const script = scripts[name];
  if (!script) throw new Error(`docs/onboarding.md says ops:${name}, which this test does not know`);
  const given = parameters.map((one) =>
    one === '$SPARED_GROUP' ? spared : one.replace('dev.env', join(folder, 'dev.env')),
  );
  const { status, said } = await world.run(script, ...given);
  expect([status, said]).toEqual([0, expect.any(String)]);
  // From here on there is something: what the deployment of the next step makes.
  const { account } = world.azure;
  if (name === 'bootstrap' && given.includes('--go')) Object.assign(account, anEnvironment(subscription, 'dev'));
};

it('its commands do what the page says, one after the other, against the doubles', async () => {
  const run: string[] = [];
  for (const command of commands) {
    if (elsewhere.test(command)) continue;
    const [, name, parameters = ''] = /^npm run ops:([a-z]+)(?: -- (.*))?$/.exec(command) ?? [];
    if (name !== undefined) await runScript(name, parameters.split(' ').filter(Boolean));
    else {
      const [, program = '', given = ''] = /^node (\S+) (.*) > values\.json$/.exec(command) ?? [];
      const values = execFileSync(process.execPath, [join(root, program), ...given.split(' ')], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...people },
        encoding: 'utf8',
      });
      expect(JSON.parse(values)).toMatchObject({ images: expect.anything() });
    }
    run.push(command);
  }
  expect(run.length).toBe(commands.filter((command) => !elsewhere.test(command)).length);
  expect(run.length).toBeGreaterThan(6);
});

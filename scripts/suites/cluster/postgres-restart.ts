import { setTimeout as pause } from 'node:timers/promises';
import { administrator, invoicesPath } from './first-invoice.ts';
import { platformNamespace, surroundingsNamespace, type Platform } from './platform.ts';
import { runningPod, runningPods } from './pods.ts';
import type { Seen } from './summary.ts';

const recoveredWithinMs = 5_000;
const everyMs = 100;

const paths = {
  portal: 'portal/v1/customers?limit=20',
  billing: invoicesPath,
  catalog: 'catalog/v1/products?limit=20',
  auth: 'auth/v1/members?limit=20',
};

/** Every request is refused until the moment that it is answered again; asks until then. */
const untilAnswered = async (ask: () => Promise<unknown>, withinMs: number): Promise<number> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await ask();
      return Date.now();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(everyMs);
  }
};

const restartsOf = async ({ machine }: Platform): Promise<string> =>
  (await runningPods(machine, platformNamespace))
    .map(({ metadata, status }) => `${metadata.name} ${status.containerStatuses?.[0]?.restartCount}`)
    .sort()
    .join(', ');

/** Asks PostgreSQL for its version until it answers; the moment of the answer, by the clock of this machine. */
const untilPostgresAnswers = async ({ machine: { kubectl } }: Platform): Promise<number> => {
  const program = `
    import pg from 'pg';
    import { readFileSync } from 'node:fs';
    const password = readFileSync('/var/run/surroundings/secrets/postgres-password', 'utf8');
    for (;;) {
      const client = new pg.Client({ host: '127.0.0.1', user: 'postgres', database: 'postgres', password });
      client.on('error', () => undefined);
      const answers = await client.connect().then(() => client.query('select 1'), () => undefined).catch(() => undefined);
      await client.end().catch(() => undefined);
      if (answers !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log(Date.now());`;
  const deadline = Date.now() + 120_000;
  const inNamespace = ['-n', surroundingsNamespace];
  for (;;) {
    const target = ['exec', 'deployment/postgres', '--', 'node', '--input-type=module', '-e', program];
    const printed = await kubectl([...inNamespace, ...target], { mayFail: true });
    const moment = /^(\d{13})\s*$/.exec(printed)?.[1];
    if (moment !== undefined) return Number(moment);
    if (Date.now() > deadline) throw new Error(`PostgreSQL does not answer: ${printed}`);
    await pause(everyMs);
  }
};

/** PostgreSQL's pod is replaced: each service answers again soon after it does, and none was started anew for that. */
export const restartPostgres = async (platform: Platform): Promise<Seen> => {
  const { machine } = platform;
  const admin = await administrator(platform);
  for (const path of Object.values(paths)) await admin.get(path);
  const before = await restartsOf(platform);
  const { metadata } = await runningPod(machine, surroundingsNamespace, 'postgres');
  await machine.kubectl(['-n', surroundingsNamespace, 'delete', 'pod', metadata.name, '--wait=true']);
  const answered = untilPostgresAnswers(platform);
  const recovered = Object.entries(paths).map(async ([name, path]) => ({
    name,
    at: await untilAnswered(() => admin.get(path), 180_000),
  }));
  const since = await answered;
  const delays = (await Promise.all(recovered)).map(({ name, at }) => ({ name, ms: Math.max(0, at - since) }));
  const after = await restartsOf(platform);
  if (after !== before) throw new Error(`pods are not those of before: ${before} and then ${after}`);
  const late = delays.filter(({ ms }) => ms > recoveredWithinMs);
  if (late.length > 0) throw new Error(`late: ${late.map(({ name, ms }) => `${name} ${ms} ms`).join(', ')}`);
  return {
    count: delays.length,
    of: 'services recovered, no pod started anew',
    figures: [
      `after PostgreSQL answered: ${delays.map(({ name, ms }) => `${name} ${(ms / 1_000).toFixed(2)} s`).join(', ')}`,
    ],
  };
};

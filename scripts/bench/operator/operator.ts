import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { tenantNames } from './bench-tenants.ts';
import { measureFloor } from './floor.ts';
import { measureSize, type Stage } from './stages.ts';
import { startSurroundings, type Surroundings } from './surroundings.ts';
import { heading, row } from './table.ts';

export interface OperatorBenchOptions {
  sizes: readonly number[];
  idleMinutes: number;
}

/** The operator's default. */
const workers = 8;
const floorAt = 1_000;

const targets = { floor: 1.3, writes: 12, linear: 1.25, idleMemoryMiB: 300 } as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const within = async <T>(work: (surroundings: Surroundings) => Promise<T>): Promise<T> => {
  const surroundings = await startSurroundings();
  try {
    return await work(surroundings);
  } finally {
    await surroundings.close();
  }
};

const verdict = (text: string, met: boolean): boolean => {
  print(`${text} ${met ? 'met' : 'MISSED'}`);
  return met;
};

const wroteNothing = (what: string, { apiWrites, rowsWritten, vaultWrites }: Stage): boolean =>
  verdict(
    `${what} without a write (API ${apiWrites}, rows ${rowsWritten}, vault ${vaultWrites})`,
    apiWrites + rowsWritten + vaultWrites === 0,
  );

const rateOf = ({ tenants, seconds }: Stage): number => tenants / seconds;

const judge = (stages: readonly Stage[], floorSeconds: number | undefined): boolean => {
  const of = (title: string): Stage[] =>
    stages.filter((stage) => stage.title === title).toSorted((a, b) => a.tenants - b.tenants);
  const [small, ...larger] = of('create');
  const results: boolean[] = [];
  const atFloor = of('create').find(({ tenants }) => tenants === floorAt);
  if (floorSeconds !== undefined && atFloor) {
    const ratio = atFloor.seconds / floorSeconds;
    results.push(
      verdict(
        `create at ${floorAt}: ${atFloor.seconds.toFixed(1)} s, the bare writes ${floorSeconds.toFixed(1)} s, ratio ${ratio.toFixed(2)}, target <= ${targets.floor}`,
        ratio <= targets.floor,
      ),
    );
  }
  for (const stage of of('create')) {
    const writes = stage.apiWrites / stage.tenants;
    results.push(
      verdict(
        `create at ${stage.tenants}: ${writes.toFixed(1)} writes to the API a tenant, target <= ${targets.writes}`,
        // An event that is counted up, or a status in the middle of a full pass, is none of its creation.
        Math.round(writes) <= targets.writes,
      ),
    );
  }
  for (const stage of small ? larger : []) {
    const slower = rateOf(small as Stage) / rateOf(stage);
    results.push(
      verdict(
        `create at ${stage.tenants}: ${slower.toFixed(2)} times the time a tenant of ${small?.tenants}, target <= ${targets.linear}`,
        slower <= targets.linear,
      ),
    );
  }
  for (const stage of of('restart')) results.push(wroteNothing(`restart of ${stage.tenants}`, stage));
  for (const stage of of('idle')) {
    results.push(wroteNothing(`idle at ${stage.tenants}`, stage));
    results.push(
      verdict(
        `idle at ${stage.tenants}: ${stage.memoryMiB.toFixed(0)} MiB, target < ${targets.idleMemoryMiB}`,
        stage.memoryMiB < targets.idleMemoryMiB,
      ),
    );
  }
  return results.every(Boolean);
};

/** Tenants on a real control plane and PostgreSQL: every stage at every size, and at 1,000 the bare writes beside it. */
export const benchOperator = async ({ sizes, idleMinutes }: OperatorBenchOptions): Promise<boolean> => {
  if (toolsFolder === undefined) {
    print('operator: skipped, it needs a control plane: set LEGENDOPS_TOOLS to the folder of the tools');
    return true;
  }
  const logPath = join(await mkdtemp(join(tmpdir(), 'legendops-bench-log-')), 'operator.log');
  print(`operator: ${workers} workers; its log: ${logPath}`);
  const floorSeconds = sizes.includes(floorAt)
    ? await within((surroundings) =>
        measureFloor(surroundings, { names: tenantNames(floorAt, 'floor'), lanes: workers }),
      )
    : undefined;
  if (floorSeconds !== undefined) print(`the bare writes of ${floorAt} tenants: ${floorSeconds.toFixed(1)} s`);
  print(heading);
  const stages: Stage[] = [];
  for (const tenants of sizes)
    stages.push(
      ...(await within((surroundings) =>
        measureSize(surroundings, { tenants, idleMinutes, logPath }, (stage) => print(row(stage))),
      )),
    );
  return judge(stages, floorSeconds);
};

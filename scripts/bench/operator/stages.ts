import { setTimeout as pause } from 'node:timers/promises';
import { changeTenant, converge, createTenant, tenantNames, type Convergence } from './bench-tenants.ts';
import { countSql, vaultWrites, type SqlCounter } from './counters.ts';
import { startOperatorProcess, type OperatorProcess } from './operator-process.ts';
import type { Surroundings } from './surroundings.ts';

/** What one act on every tenant took; counts are of the whole act. */
export interface Stage {
  title: string;
  tenants: number;
  seconds: number;
  convergence: Convergence | undefined;
  apiReads: number;
  /** Without the renewals of the lease. */
  apiWrites: number;
  statements: number;
  rowsWritten: number;
  vaultWrites: number;
  memoryMiB: number;
}

interface Sample {
  reads: number;
  writes: number;
  statements: number;
  rowsWritten: number;
  vaultWrites: number;
  memoryMiB: number;
}

interface Bench {
  surroundings: Surroundings;
  operator: OperatorProcess;
  sql: SqlCounter;
  logPath: string;
}

const requests = 'rest_client_requests_total';
const reconciled = 'controller_runtime_reconcile_total';
const mebi = 2 ** 20;

const sample = async ({ surroundings, operator, sql }: Bench): Promise<Sample> => {
  const scrape = await operator.scrape();
  const reads = scrape.sum(requests, { method: 'GET' });
  // Not PUT: the lease is renewed by updates, and the operator writes no others unless somebody fights it.
  const writes = ['POST', 'PATCH', 'DELETE'].reduce((sum, method) => sum + scrape.sum(requests, { method }), 0);
  return {
    reads,
    writes,
    statements: await sql.statements(),
    rowsWritten: await sql.rowsWritten(),
    vaultWrites: vaultWrites(surroundings.vault),
    memoryMiB: scrape.sum('process_resident_memory_bytes') / mebi,
  };
};

// The server tells of an idle connection's rows after ten seconds.
const quietMs = 11_000;

/** Until no reconciliation has ended for a while and none waits: what follows a first pass belongs to its stage. */
const rest = async ({ operator }: Bench): Promise<void> => {
  for (let before = -1; ;) {
    const scrape = await operator.scrape();
    const now = scrape.sum(reconciled);
    if (now === before && scrape.sum('workqueue_depth') === 0 && scrape.sum('controller_runtime_active_workers') === 0)
      return;
    before = now;
    await pause(quietMs);
  }
};

const measured = async (
  bench: Bench,
  { title, tenants }: { title: string; tenants: number },
  act: (over: AbortSignal) => Promise<Convergence | undefined>,
): Promise<Stage> => {
  const before = await sample(bench);
  const start = performance.now();
  const convergence = await bench.operator.whileItLives(act);
  const seconds = convergence?.seconds ?? (performance.now() - start) / 1_000;
  await rest(bench);
  const after = await sample(bench);
  return {
    title,
    tenants,
    seconds,
    convergence,
    apiReads: after.reads - before.reads,
    apiWrites: after.writes - before.writes,
    statements: after.statements - before.statements,
    rowsWritten: after.rowsWritten - before.rowsWritten,
    vaultWrites: after.vaultWrites - before.vaultWrites,
    memoryMiB: after.memoryMiB,
  };
};

/** A restart with everything in place: from the start of the process until every tenant was looked at once. */
const restart = async (bench: Bench, tenants: number): Promise<Stage> => {
  await bench.operator.stop();
  const before = { rows: await bench.sql.rowsWritten(), statements: await bench.sql.statements() };
  const vaultBefore = vaultWrites(bench.surroundings.vault);
  const start = performance.now();
  bench.operator = await startOperatorProcess(bench.surroundings.environment, bench.logPath);
  while ((await bench.operator.scrape()).sum(reconciled) < tenants) await pause(100);
  const seconds = (performance.now() - start) / 1_000;
  await rest(bench);
  const after = await sample(bench);
  return {
    title: 'restart',
    tenants,
    seconds,
    convergence: undefined,
    apiReads: after.reads,
    apiWrites: after.writes,
    statements: after.statements - before.statements,
    rowsWritten: after.rowsWritten - before.rows,
    vaultWrites: after.vaultWrites - vaultBefore,
    memoryMiB: after.memoryMiB,
  };
};

/** All stages at one size, on surroundings of their own. */
export const measureSize = async (
  surroundings: Surroundings,
  { tenants, idleMinutes, logPath }: { tenants: number; idleMinutes: number; logPath: string },
  report: (stage: Stage) => void,
): Promise<Stage[]> => {
  const bench: Bench = {
    surroundings,
    operator: await startOperatorProcess(surroundings.environment, logPath),
    sql: await countSql(surroundings.databases),
    logPath,
  };
  const stages: Stage[] = [];
  const add = (stage: Stage): void => {
    stages.push(stage);
    report(stage);
  };
  const { kube } = surroundings;
  const names = tenantNames(tenants);
  try {
    add(
      await measured(bench, { title: 'create', tenants }, (over) =>
        converge(kube, names, { act: createTenant(kube), over }),
      ),
    );
    add(
      await measured(bench, { title: 'one more', tenants: 1 }, (over) =>
        converge(kube, ['one-more'], { act: createTenant(kube), over }),
      ),
    );
    add(
      await measured(bench, { title: 'change all', tenants }, (over) =>
        converge(kube, names, { act: changeTenant(kube), over }),
      ),
    );
    add(await restart(bench, tenants));
    add(
      await measured(bench, { title: 'idle', tenants }, async (signal) => {
        await pause(idleMinutes * 60_000, undefined, { signal });
        return undefined;
      }),
    );
    return stages;
  } finally {
    bench.sql.stop();
    await bench.operator.stop();
  }
};

import { createServer, type RequestListener } from 'node:http';
import type { Log } from '../log/logger.ts';
import { drain, type Background } from './drain.ts';
import { listen, type Listening } from './listen.ts';
import type { Health } from './management-server.ts';

export interface ServiceOptions {
  log: Log;
  /** The address of this machine that all three ports listen on. */
  host: string;
  /** Routed from outside. */
  publicApi: { app: RequestListener; port: number };
  /** For other services and jobs only. */
  internalApi: { app: RequestListener; port: number };
  /** Listens already, and answers by `health`. */
  management: Listening;
  health: Health;
  ready: Health['ready'];
  /** Ended before the pools. */
  background: readonly Background[];
  /** Pools and the like, closed last. */
  release: () => Promise<unknown>;
  /** From the signal until endpoints have dropped this pod. */
  readinessDelayMs: number;
  /** For running requests and then background work; below the pod's grace period. */
  drainBudgetMs: number;
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Listens on the two other ports, and serves until a signal comes: readiness off, a pause, drain, release, exit 0. */
export const runService = async (options: ServiceOptions): Promise<void> => {
  const { log, host, management, health } = options;
  let draining = false;
  const [open, internal] = await Promise.all([
    listen(createServer(options.publicApi.app), options.publicApi.port, host),
    listen(createServer(options.internalApi.app), options.internalApi.port, host),
  ]);
  health.draining = () => draining;
  health.ready = options.ready;
  log.info({ port: open.port, internalPort: internal.port, managementPort: management.port }, 'listening');

  const stop = async (reason: string): Promise<void> => {
    if (draining) return;
    draining = true;
    log.info({ reason }, 'draining');
    await new Promise((resolve) => setTimeout(resolve, options.readinessDelayMs));
    const { background, release, drainBudgetMs: budgetMs } = options;
    const ended = await drain({ servers: [open, internal], background, release, budgetMs });
    if (!ended) log.warn({ budgetMs }, 'background work was left behind');
    await management.close(1_000);
    log.info('stopped');
    process.exit(0);
  };
  const stopOrFail = (reason: string): void => {
    stop(reason).catch((error: unknown) => {
      log.error({ err: error }, 'could not stop in order');
      process.exit(1);
    });
  };
  for (const signal of signals) process.on(signal, () => stopOrFail(signal));
  // Where a parent process holds an IPC channel (the one-machine platform), its end is our signal.
  process.on('disconnect', () => stopOrFail('parent ended'));
};

import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import { freePort } from '@legendops/kit/testing/free-port';

/** One sample of the operator's own /metrics. */
interface Scrape {
  /** The sum over a metric's series whose labels contain all of these. */
  sum(name: string, labels?: Record<string, string>): number;
}

export interface OperatorProcess {
  scrape(): Promise<Scrape>;
  /** The work, or the reason why the process ended meanwhile. */
  whileItLives<T>(work: (over: AbortSignal) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');
const readyWithinMs = 120_000;

const parse = (text: string): Scrape => {
  const series = text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:][\w:]*)(\{[^}]*\})? (\S+)$/.exec(line);
    return match ? [{ name: match[1] ?? '', labels: match[2] ?? '', value: Number(match[3]) }] : [];
  });
  return {
    sum: (name, labels = {}) =>
      series
        .filter(
          (one) =>
            one.name === name &&
            Object.entries(labels).every(([key, value]) => one.labels.includes(`${key}="${value}"`)),
        )
        .reduce((total, { value }) => total + value, 0),
  };
};

/** The operator as it runs in a cluster: its own main, its own process. Resolves when it is ready. */
export const startOperatorProcess = async (
  environment: Record<string, string>,
  logPath: string,
): Promise<OperatorProcess> => {
  const port = await freePort();
  const log = openSync(logPath, 'a');
  const child = spawn(process.execPath, [join(root, 'operators/tenant/src/main.ts')], {
    env: { ...environment, MANAGEMENT_PORT: String(port) },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const whileItLives: OperatorProcess['whileItLives'] = async (work) => {
    const over = new AbortController();
    const death = ended.then(() => {
      const error = new Error(`The operator ended by itself; its last words are in ${logPath}`);
      over.abort(error);
      throw error;
    });
    return Promise.race([work(over.signal), death]);
  };
  const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
  const scrape = async (): Promise<Scrape> => parse(await (await fetch(url('/metrics'))).text());
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  };
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`The operator ended; its log: ${logPath}`);
    const ready = await fetch(url('/readyz')).catch(() => undefined);
    // Before it leads it is ready, too, but works on nothing yet.
    return ready?.ok === true && (await scrape()).sum('controller_runtime_max_concurrent_reconciles') > 0;
  };
  try {
    await eventually(`the operator is ready; its log: ${logPath}`, isReady, { withinMs: readyWithinMs, everyMs: 20 });
    return { scrape, whileItLives, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import autocannon from 'autocannon';

const root = join(import.meta.dirname, '../../..');
const reportCpu = join(import.meta.dirname, 'report-cpu.ts');

/** A server that answers the list, and how it is asked for each tenant. */
export interface Contender {
  name: string;
  /** Measures for some seconds; anything but 200 makes the figure worthless and ends the run. */
  measure(load: { connections: number; seconds: number }): Promise<Measured>;
  /** Its answer to one request, to see that all answer the same. */
  sample(): Promise<string>;
  stop(): Promise<void>;
}

export interface Measured {
  requestsPerSecond: number;
  /** Of the server's process alone, all its threads. */
  cpuMicrosPerRequest: number;
}

export const startContender = async ({
  name,
  script,
  environment,
  url,
  headers,
  profileDirectory,
}: {
  name: string;
  /** Below the repository's root. */
  script: string;
  environment: Record<string, string | undefined>;
  url: string;
  /** One set for each tenant. */
  headers: readonly Record<string, string>[];
  /** Where its profile goes when it ends. */
  profileDirectory: string | undefined;
}): Promise<Contender> => {
  const profile = profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
  const child = fork(join(root, script), {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', NODE_ENV: 'production', ...environment },
    execArgv: ['--import', reportCpu, ...profile],
  });
  const cpuMicros = async (): Promise<number> => {
    child.send('cpu');
    const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
    return user + system;
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  };
  const [first = {}] = headers;
  const answers = async () => (await fetch(url, { headers: first }).catch(() => undefined))?.ok;
  await eventually(`${url} answers`, answers).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    name,
    measure: async ({ connections, seconds }) => {
      const before = await cpuMicros();
      const result = await autocannon({
        url,
        connections,
        duration: seconds,
        requests: headers.map((each) => ({ method: 'GET', headers: each })),
      });
      if (result.non2xx > 0 || result.errors > 0)
        throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
      const spent = (await cpuMicros()) - before;
      return {
        requestsPerSecond: result.requests.total / result.duration,
        cpuMicrosPerRequest: spent / result.requests.total,
      };
    },
    sample: async () => (await fetch(url, { headers: first })).text(),
    stop,
  };
};

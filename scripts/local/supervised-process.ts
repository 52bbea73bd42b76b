import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface SupervisedProcess {
  stop(): Promise<void>;
}

export interface ProcessOptions {
  name: string;
  /** Path of the program below the repository's root. */
  script: string;
  root: string;
  environment: Record<string, string>;
  logPath: string;
  /** Answers 200 when the process can do its work. */
  readyUrl: string;
  report: (line: string) => void;
  /** Ends the wait for its readiness. */
  signal?: AbortSignal | undefined;
}

const readyWithinMs = 60_000;
const killAfterMs = 10_000;
const restartAfterMs = 1_000;

const lastLines = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n');

const isReady = async (url: string): Promise<boolean> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
};

/** A program of ours as a process of its own: ready before this resolves, started again when it ends by itself. */
export const startProcess = async (options: ProcessOptions): Promise<SupervisedProcess> => {
  const { name, script, root, environment, logPath, readyUrl, report, signal } = options;
  let stopping = false;
  let child: ChildProcess;
  let ended: Promise<void>;

  const launch = (): void => {
    // The channel's end tells the program that we are gone, also after a kill -9.
    // Its log is a file of its own, whoever of us ends first. A process group of its own: Ctrl-C reaches us, who stop
    // things in order.
    const log = openSync(logPath, 'a');
    child = spawn(process.execPath, [script], {
      cwd: root,
      env: environment,
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve();
        if (stopping) return;
        report(`${name} ended (${signal ?? `exit code ${code}`}) and is started again; its log: ${logPath}`);
        setTimeout(() => {
          if (!stopping) launch();
        }, restartAfterMs);
      });
    });
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await ended;
    clearTimeout(kill);
  };

  launch();
  const deadline = Date.now() + readyWithinMs;
  while (!(await isReady(readyUrl))) {
    if (signal?.aborted) {
      await stop();
      throw signal.reason;
    }
    if (Date.now() > deadline) {
      await stop();
      throw new Error(
        `${name} was not ready after ${readyWithinMs / 1000} s. The end of ${logPath}:\n${await lastLines(logPath)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { stop };
};

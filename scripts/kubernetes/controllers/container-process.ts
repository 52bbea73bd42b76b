import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export type Exit = { code: number; signal: NodeJS.Signals | null };

export type ContainerProcess = {
  exited: Promise<Exit>;
  /** Asks it to end, and makes it when it has not after the grace. */
  terminate(graceMs: number): void;
};

export type ProcessOptions = {
  command: readonly string[];
  directory: string;
  environment: Record<string, string>;
  logPath: string;
  pidPath: string;
  now: () => Date;
};

const marker = 'LEGENDOPS_POD_PROCESS';

// Of our own environment a process gets what programs need to run at all: none of our secrets.
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'TZ', 'SystemRoot', 'NODE_EXTRA_CA_CERTS'];

const baseEnvironment = (): Record<string, string> =>
  Object.fromEntries(inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

/** Writes whole lines, each with its moment, as container runtimes do. */
const lineWriter = (path: string, now: () => Date) => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const append = (lines: readonly string[]): void => {
    if (lines.length > 0) appendFileSync(path, lines.map((line) => `${now().toISOString()} ${line}\n`).join(''));
  };
  return {
    write: (chunk: Buffer): void => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      append(lines);
    },
    end: (): void => append(rest === '' ? [] : [rest]),
  };
};

/** A container's command as a process of this machine, its output in a file. */
export const startProcess = ({
  command,
  directory,
  environment,
  logPath,
  pidPath,
  now,
}: ProcessOptions): ContainerProcess => {
  const [program = '', ...args] = command;
  writeFileSync(logPath, '', { flag: 'a', mode: 0o600 });
  // The channel closes when this process ends in whatever way, and the child's `disconnect` handler hears of it.
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...baseEnvironment(), ...environment, [marker]: pidPath },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) writeFileSync(pidPath, String(child.pid), { mode: 0o600 });
  const writers = [child.stdout, child.stderr].map((stream) => {
    const writer = lineWriter(logPath, now);
    stream?.on('data', (chunk: Buffer) => writer.write(chunk));
    return writer;
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      appendFileSync(logPath, `${now().toISOString()} ${error.message}\n`);
      if (child.pid === undefined) resolve({ code: 128, signal: null });
    });
    child.once('close', (code, signal) => {
      for (const writer of writers) writer.end();
      rmSync(pidPath, { force: true });
      resolve({ code: code ?? 128 + signalNumber(signal), signal });
    });
  });
  return { exited, terminate: (graceMs) => terminate(child, graceMs) };
};

const signalNumber = (signal: NodeJS.Signals | null): number => (signal === 'SIGKILL' ? 9 : 15);

const terminate = (child: ChildProcess, graceMs: number): void => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  child.once('exit', () => clearTimeout(timer));
};

/** Ends a process that outlived a server which could not end it. Only one that carries our mark is touched. */
export const endLeftover = (pidPath: string): void => {
  if (!existsSync(pidPath)) return;
  const pid = Number(readFileSync(pidPath, 'utf8'));
  rmSync(pidPath, { force: true });
  const environment = `/proc/${pid}/environ`;
  if (!Number.isInteger(pid) || !existsSync(environment)) return;
  try {
    if (readFileSync(environment, 'utf8').split('\0').includes(`${marker}=${pidPath}`)) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile, or belongs to someone else.
  }
};

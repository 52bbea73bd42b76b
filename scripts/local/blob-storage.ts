import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { createContainers } from './blob-containers.ts';

export type BlobStorageOptions = {
  /** 0 or absent: any free port. */
  port?: number | undefined;
  host?: string | undefined;
  directory: string;
  /** With a certificate it speaks HTTPS and takes bearer tokens, which user-delegation keys need. */
  tls?: { certPath: string; keyPath: string } | undefined;
  /** What there is to be once it is ready. */
  containers?: readonly string[] | undefined;
  log?: ((line: string) => void) | undefined;
};

export type BlobStorage = {
  /** Of the account: containers follow. */
  url: string;
  connectionString: string;
  close: () => Promise<void>;
};

// The account and key that every Azurite has; they open nothing elsewhere.
const accountName = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const startTimeoutMs = 30_000;

/** Azurite's blob service in a process of its own: it keeps listeners and timers of the process it runs in. */
export async function startBlobStorage(options: BlobStorageOptions): Promise<BlobStorage> {
  await mkdir(options.directory, { recursive: true });
  const child = spawn(process.execPath, parametersOf(options), {
    cwd: options.directory,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const port = await listeningPort(child, options.log ?? (() => {}));
  const endpoint = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}/${accountName}`;
  const storage = {
    url: endpoint,
    connectionString: [
      `DefaultEndpointsProtocol=${options.tls ? 'https' : 'http'}`,
      `AccountName=${accountName}`,
      `AccountKey=${accountKey}`,
      `BlobEndpoint=${endpoint};`,
    ].join(';'),
    close: () => stopped(child),
  };
  try {
    await createContainers({ url: endpoint, accountName, accountKey }, options.containers ?? []);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}

// The end of the channel is the sign to stop: it comes from close(), and from a parent that died of whatever signal.
// Azurite writes down what it holds when it gets SIGTERM.
const stopWithParent = `data:text/javascript,process.on('disconnect',()=>process.kill(process.pid,'SIGTERM'))`;

function parametersOf({ port = 0, host = '127.0.0.1', directory, tls }: BlobStorageOptions): string[] {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const secure = tls ? ['--cert', tls.certPath, '--key', tls.keyPath, '--oauth', 'basic'] : [];
  const quiet = ['--silent', '--disableTelemetry', '--skipApiVersionCheck', '--disableProductStyleUrl'];
  return [
    '--import',
    stopWithParent,
    main,
    '--blobHost',
    host,
    '--blobPort',
    String(port),
    '--location',
    directory,
    ...quiet,
    ...secure,
  ];
}

async function listeningPort(child: ChildProcess, log: (line: string) => void): Promise<number> {
  const said: string[] = [];
  const port = new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        log(`blob storage: ${line}`);
        const [, found] = /successfully listens on https?:\/\/[^:]+:(\d+)/.exec(line) ?? [];
        if (found) resolve(Number(found));
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Blob storage ended with ${code}: ${said.slice(-5).join(' | ')}`)));
    setTimeout(
      () => reject(new Error(`Blob storage did not start within ${startTimeoutMs} ms`)),
      startTimeoutMs,
    ).unref();
  });
  try {
    return await port;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Asks first, so that what was written is on disk; forces after five seconds. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  child.disconnect();
  await exited;
  clearTimeout(force);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '@legendops/kit/errors/message-of';
import { localCertificates } from '../loopback/certificates.ts';
import { replaceFile } from '../loopback/replace-file.ts';
import { startKubernetes } from './server.ts';

const usage = `npm run kubernetes -- [options]
  A Kubernetes API in memory, for the tests of an operator: kubectl, Helm and client libraries talk to it as to a real
  one. CronJobs and Jobs make pods, which wait for ever. Until Ctrl-C.

  --kubeconfig <file>  where to write the administrator's kubeconfig (default ./kubeconfig)
  --state <folder>     keeps objects and certificates there; without it every start is a new cluster
  --port <number>      default: any free one
  --help
`;

const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string', default: 'kubeconfig' },
    state: { type: 'string' },
    port: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

const serve = async (): Promise<void> => {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port}: give a number from 0 (any free port) to 65535`);
  const kubeconfig = resolve(values.kubeconfig);
  const state = values.state === undefined ? await mkdtemp(join(tmpdir(), 'kubernetes-')) : resolve(values.state);
  const certificates = await localCertificates(join(state, 'certificates'));
  const cluster = await startKubernetes({
    port,
    tls: certificates,
    stateDirectory: join(state, 'objects'),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  await replaceFile(kubeconfig, cluster.kubeconfig);
  process.stdout.write(`Kubernetes answers at ${cluster.url}\n  export KUBECONFIG=${kubeconfig}\n  Ctrl-C ends it.\n`);
  const ended = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end());
  });
  await ended;
  await cluster.close();
  if (values.state === undefined) await rm(state, { recursive: true, force: true });
};

if (values.help) process.stdout.write(usage);
else
  await serve().catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  });

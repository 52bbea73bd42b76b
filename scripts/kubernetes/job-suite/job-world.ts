import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import { localCertificates } from '../../loopback/certificates.ts';
import { clusterFrom, type Body, type Cluster } from '../testing/cluster.ts';
import { startKubernetes, type LocalKubernetes } from '../server.ts';

export const jobsPath = '/apis/batch/v1/namespaces/default/jobs';
export const cronJobsPath = '/apis/batch/v1/namespaces/default/cronjobs';
export const podsOf = (job: string): string => `/api/v1/namespaces/default/pods?labelSelector=job-name%3D${job}`;

/** A server that runs scripts of Node as containers of the image `script:local`. */
export type JobWorld = {
  directory: string;
  server(): LocalKubernetes;
  request: Cluster['request'];
  /** The server's clock from now on; undefined is the real one. */
  setClock(time: Date | undefined): void;
  create(path: string, body: Body): Promise<Body>;
  read(path: string): Promise<Body>;
  /** The status of a Job that is over, with its last condition as `ending`. */
  ended(job: string): Promise<Body>;
  logOf(job: string, query?: string): Promise<string>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const jobWorld = async (): Promise<JobWorld> => {
  const directory = mkdtempSync(join(tmpdir(), 'legendops-jobs-'));
  const tls = await localCertificates(join(directory, 'certificates'));
  let clock: Date | undefined;

  const open = async () => {
    const server = await startKubernetes({
      tls,
      stateDirectory: join(directory, 'state'),
      firstRetryMs: 50,
      images: { 'script:local': { command: [process.execPath, '-e'], directory, environment: { FROM_IMAGE: 'yes' } } },
      now: () => clock ?? new Date(),
    });
    const { kubeconfig } = server;
    const cluster = clusterFrom({
      kubeconfigPath: '',
      kubeconfig,
      compact: async () => undefined,
      close: () => server.close(),
    });
    return { server, cluster };
  };
  let running = await open();
  const request: Cluster['request'] = (options) => running.cluster.request(options);
  const read = async (path: string): Promise<Body> => (await request({ path })).body;
  return {
    directory,
    server: () => running.server,
    request,
    setClock: (time) => {
      clock = time;
    },
    create: async (path, body) => {
      const answer = await request({ method: 'POST', path, body });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body;
    },
    read,
    ended: async (job) => {
      await eventually(`the Job ${job} ends`, async () => {
        const { conditions = [] } = (await read(`${jobsPath}/${job}`)).status ?? {};
        return conditions.some(({ type }: Body) => type === 'Complete' || type === 'Failed');
      });
      const { status } = await read(`${jobsPath}/${job}`);
      return { ...status, ending: status.conditions.at(-1) };
    },
    logOf: async (job, query = '') => {
      const { items } = await read(podsOf(job));
      const path = `/api/v1/namespaces/default/pods/${items[0].metadata.name}/log${query}`;
      return (await request({ path, accept: '*/*' })).text;
    },
    restart: async () => {
      await running.cluster.close();
      running = await open();
    },
    close: async () => {
      await running.cluster.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

export const aJob = (name: string, script: string, { spec = {}, container = {}, pod = {} } = {}): Body => ({
  metadata: { name },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'job', image: 'script:local', args: [script], ...container }],
        ...pod,
      },
    },
    ...spec,
  },
});

import { rm } from 'node:fs/promises';
import { buildPortal } from './portal-build.ts';
import { localCertificates } from '../loopback/certificates.ts';
import { preparePlatform, type Cluster } from '../loopback/cluster.ts';
import { startDatabases } from './databases.ts';
import type { Endpoints } from './endpoints.ts';
import { externalCluster } from './external-cluster.ts';
import { startGateway } from './gateway/gateway.ts';
import { trustIn } from './identities.ts';
import { localCluster } from './local-cluster.ts';
import { localSecrets } from './local-secrets.ts';
import { portChooser } from '../loopback/ports.ts';
import type { Progress } from './progress.ts';
import { replaceFile } from '../loopback/replace-file.ts';
import { holdServicePorts, serviceNames, startServiceProcesses } from './service-processes.ts';
import { projectServiceTokens } from './service-tokens.ts';
import { stateFolder, type StateFolder } from './state-folder.ts';
import { startVendors, type Vendors } from './vendors.ts';

export interface PlatformOptions {
  root: string;
  /** Where its state lives, such as <root>/.legendops. */
  directory: string;
  /** False takes any free ports: for tests. */
  usualPorts: boolean;
  /** A kubeconfig of another cluster instead of the one in memory. */
  kubeconfigPath?: string | undefined;
  /** Further settings of PostgreSQL, such as where its log is archived. */
  postgresSettings?: Record<string, string> | undefined;
  progress: Progress;
  /** Ends the start at the next step when it is aborted; what was started is stopped. */
  signal?: AbortSignal | undefined;
}

export interface Platform {
  endpoints: Endpoints;
  state: StateFolder;
  vendors: Vendors;
  cluster: Cluster;
  /** Where each process tells its metrics, on 127.0.0.1. */
  managementPorts: Readonly<Record<string, number>>;
  /** Says that all is ready: endpoints.json is there from now on. */
  announce(): Promise<void>;
  stop(): Promise<void>;
}

type Closer = () => Promise<unknown> | void;

/** Starts everything that a LegendOps platform needs on this machine. What was started is stopped when a step fails. */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { root, usualPorts, signal } = options;
  const state = stateFolder(options.directory);
  const endpointsFile = state.file('endpoints.json');
  await rm(endpointsFile, { force: true });
  const ports = portChooser((line) => options.progress.line(line));
  const choosePort = (name: string, usual: number): Promise<number> => ports.choose(name, usualPorts ? usual : 0);
  const closers: Closer[] = [];
  const stop = async (): Promise<void> => {
    await rm(endpointsFile, { force: true });
    for (const close of closers.splice(0).toReversed()) await close();
  };
  const log = (line: string): void => options.progress.line(line);
  const step = <T>(title: string, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    return options.progress.step(title, work);
  };

  const start = async (): Promise<Platform> => {
    const portal = buildPortal(root, signal);
    portal.catch(() => undefined);
    const secrets = await localSecrets(state);
    const certificates = await localCertificates(state.folder('certificates'));
    const gatewayPort = await ports.hold('the portal', usualPorts ? 8_080 : 0);
    closers.push(gatewayPort.release);
    const publicUrl = `http://localhost:${gatewayPort.port}`;
    const postgresPort = await choosePort('PostgreSQL', 5_432);
    const kubernetesPort = await choosePort('Kubernetes', 6_443);

    const [databases, vendors, cluster] = await step('PostgreSQL, Kubernetes, vendors', async () => {
      const starting = await Promise.allSettled([
        startDatabases({
          directory: state.folder('postgres'),
          port: postgresPort,
          secrets,
          settings: options.postgresSettings,
        }),
        startVendors({ state, certificates, secrets, choosePort, publicUrl, log }),
        options.kubeconfigPath === undefined
          ? localCluster({ root, state, certificates, port: kubernetesPort, log })
          : externalCluster(options.kubeconfigPath),
      ]);
      const [first, second, third] = starting;
      if (first.status === 'fulfilled') closers.push(() => first.value.stop());
      if (second.status === 'fulfilled') closers.push(() => second.value.close());
      if (third.status === 'fulfilled') closers.push(() => third.value.close());
      for (const outcome of starting) if (outcome.status === 'rejected') throw outcome.reason;
      if (first.status !== 'fulfilled' || second.status !== 'fulfilled' || third.status !== 'fulfilled')
        throw new Error('A part did not start');
      return [first.value, second.value, third.value] as const;
    });
    for (const credential of trustIn(cluster)) vendors.entra.trust(credential);
    await preparePlatform(cluster.client);
    const tokens = await projectServiceTokens(state, cluster.issueToken, log);
    closers.push(tokens.stop);

    const servicePorts = await holdServicePorts(ports);
    closers.push(servicePorts.release);
    await step('services and the Tenant operator', async () => {
      const services = await startServiceProcesses({
        root,
        state,
        certificates,
        secrets,
        databases,
        vendors,
        cluster,
        tokens: tokens.paths,
        ports: servicePorts,
        publicUrl,
        report: log,
        signal,
      });
      closers.push(() => services.stop());
    });
    const folder = await step('the portal', () => portal);
    await gatewayPort.release();
    const gateway = await startGateway({
      port: gatewayPort.port,
      services: new Map(
        serviceNames.map((name) => [name, { host: '127.0.0.1', port: servicePorts.of[name].publicPort }]),
      ),
      portal: { folder },
      media: { url: vendors.blob.url, ca: certificates.ca },
    });
    closers.push(() => gateway.close());
    const endpoints: Endpoints = {
      gateway: gateway.url,
      kubeconfig: cluster.kubeconfigPath,
      postgres: databases.administratorUrls,
      vault: vendors.vault.url,
      blob: vendors.blob.url,
      issuer: vendors.entra.url,
      mailbox: vendors.mailbox.url,
      pax8: vendors.pax8.url,
      quickbooks: vendors.quickbooks.url,
      superops: vendors.superops.urls.us,
      teams: vendors.teams.url,
    };
    return {
      endpoints,
      state,
      vendors,
      cluster,
      managementPorts: {
        ...Object.fromEntries(serviceNames.map((name) => [name, servicePorts.of[name].managementPort])),
        'tenant-operator': servicePorts.operator,
      },
      announce: () => replaceFile(endpointsFile, `${JSON.stringify(endpoints, null, 2)}\n`),
      stop,
    };
  };
  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }
};

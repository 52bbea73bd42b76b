import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { clientFromFile } from '../../loopback/cluster.ts';
import { portChooser } from '../../loopback/ports.ts';
import { imageTag, loadImages } from './images.ts';
import { runningMachine, startMachine, type Machine } from './machine.ts';
import type { Summary } from './summary.ts';

export const platformNamespace = 'legendops';
export const surroundingsNamespace = 'legendops-surroundings';

const charts = join(import.meta.dirname, '../../../charts');
export const chartFolder = join(charts, 'legendops');

/** The Deployments of charts/legendops. */
export const deployments = ['auth', 'billing', 'catalog', 'portal', 'frontend', 'tenant-operator'] as const;

/** Addresses on this machine, as a browser has them. */
interface Addresses {
  portal: string;
  signIn: string;
  quickbooks: string;
  pax8: string;
  superops: string;
  mailbox: string;
}

/** LegendOps on a cluster of its own, with everything that stands in for what it buys elsewhere. */
export interface Platform {
  machine: Machine;
  client: KubeClient;
  addresses: Addresses;
  /** `helm upgrade --install` of charts/legendops, or of another one, with the suite's values and more. */
  upgrade(more?: readonly string[], chart?: string): Promise<string>;
  /** Lets go of the cluster, which stays; `down` of the machine ends it. */
  leave(): Promise<void>;
}

const doors = [
  { address: 'signIn', service: 'sign-in' },
  { address: 'quickbooks', service: 'quickbooks' },
  { address: 'pax8', service: 'pax8' },
  { address: 'superops', service: 'superops' },
  { address: 'mailbox', service: 'mail' },
] as const;

const namespaceOf = (name: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });

const settings = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

/** Addresses that are free on this machine now. */
const chooseAddresses = async ({ gateway }: Machine): Promise<Addresses> => {
  const ports = portChooser(() => undefined);
  const url = (port: number | string): string => `http://localhost:${port}`;
  const choose = async (name: string): Promise<string> => url(await ports.choose(name, 0));
  return {
    portal: url(new URL(await gateway()).port),
    signIn: await choose('sign-in'),
    quickbooks: await choose('quickbooks'),
    pax8: await choose('pax8'),
    superops: await choose('superops'),
    mailbox: await choose('mailbox'),
  };
};

interface Release {
  chart: string;
  namespace: string;
  parameters?: readonly string[];
}

const upgrade = ({ helm }: Machine, name: string, { chart, namespace, parameters = [] }: Release): Promise<string> =>
  helm(['upgrade', '--install', name, chart, '-n', namespace, '--wait', '--timeout', '10m', ...parameters]);

const ofApiServer = ['get', 'endpointslices', '-l', 'kubernetes.io/service-name=kubernetes'];

/** Where policies let pods reach the API server of this cluster. */
const kubernetesPorts = async ({ kubectl }: Machine): Promise<Record<string, string>> => {
  const port = await kubectl([...ofApiServer, '-o', 'jsonpath={.items[0].ports[0].port}']);
  return { 'network.kubernetes.ports': `{443,${port}}` };
};

const installSurroundings = async (machine: Machine, addresses: Addresses): Promise<void> => {
  await machine.kubectl(['apply', '-f', '-'], { input: namespaceOf(surroundingsNamespace) });
  await upgrade(machine, 'legendops-crds', { chart: join(charts, 'legendops-crds'), namespace: 'default' });
  const values = {
    ...(await kubernetesPorts(machine)),
    'image.tag': imageTag,
    publicUrl: addresses.portal,
    signInPageUrl: addresses.signIn,
    quickbooksPageUrl: addresses.quickbooks,
  };
  const chart = join(charts, surroundingsNamespace);
  await upgrade(machine, surroundingsNamespace, {
    chart,
    namespace: surroundingsNamespace,
    parameters: settings(values),
  });
};

const openPlatform = async (machine: Machine, addresses: Addresses): Promise<Platform> => {
  const forwards: { close(): void }[] = [];
  for (const { address, service } of doors) {
    const at = Number(new URL(addresses[address]).port);
    forwards.push(await machine.forward({ namespace: surroundingsNamespace, service, port: 80, at }));
  }
  const values = {
    ...(await kubernetesPorts(machine)),
    'images.tag': imageTag,
    publicUrl: addresses.portal,
    'quickbooks.authorizeUrl': `${addresses.quickbooks}/connect/oauth2`,
  };
  const parameters = ['-f', join(charts, 'legendops/values-local.yaml'), ...settings(values)];
  const client = await clientFromFile(machine.kubeconfig);
  return {
    machine,
    client,
    addresses,
    upgrade: (more = [], chart = chartFolder) =>
      upgrade(machine, 'legendops', { chart, namespace: platformNamespace, parameters: [...parameters, ...more] }),
    leave: async () => {
      for (const forward of forwards) forward.close();
      await client.close();
    },
  };
};

/**
 * Brings a cluster up in a folder and installs the three charts, as docs/operations/local-cluster.md says. What is there
 * already is taken as it is.
 */
export const installPlatform = async (folder: string, summary: Summary): Promise<Platform> => {
  const kept = join(folder, 'addresses.json');
  if (existsSync(kept))
    return openPlatform(runningMachine(folder), JSON.parse(await readFile(kept, 'utf8')) as Addresses);
  const machine = await startMachine(folder);
  try {
    const addresses = await chooseAddresses(machine);
    await summary.part('images are brought in', async () => ({ count: await loadImages(machine), of: 'images' }));
    await summary.part('charts of surroundings are installed', async () => {
      await installSurroundings(machine, addresses);
      return { count: 2, of: 'charts' };
    });
    const platform = await openPlatform(machine, addresses);
    await summary.part('charts/legendops is installed', async () => {
      await platform.upgrade();
      return { count: 1, of: 'chart' };
    });
    await writeFile(kept, JSON.stringify(addresses));
    return platform;
  } catch (error) {
    await machine.down();
    throw error;
  }
};

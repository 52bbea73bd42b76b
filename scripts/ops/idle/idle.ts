import { parseArgs } from 'node:util';
import type { AzureApi } from '../azure/azure-api.ts';
import { subscriptionOf, type Script } from '../command.ts';
import { environmentGroup, environmentOf, Refused, type EnvironmentGroup } from '../environment-group.ts';
import { carriedOut, type Step } from '../report.ts';
import { decide, isDown, isUp, type Decision, type Part, type Seen } from './decision.ts';
import { workingHoursOf } from './working-hours.ts';

const usage = `npm run ops:idle -- --environment dev [options]
  Lets dev sleep while nobody works, and wakes it: looks, says what it decided and why, and changes nothing without --go.
  Running outside of working hours ends when the edge had no request for an hour; a tag KeepAwakeUntil on the resource group
  (2026-12-01T22:00:00Z) keeps it awake. PostgreSQL, which Azure starts again after seven days, is stopped again: run it hourly.

  --go                 does what it decided
  --act start|stop     decides as you say
  --hours 7-19         working hours, Monday to Friday
  --time-zone NAME     of those hours; Europe/Berlin
  --subscription ID    else AZURE_SUBSCRIPTION_ID
  --help
`;

interface Cluster {
  id: string;
  name: string;
  properties: { powerState?: { code: string }; provisioningState: string };
}
interface Server {
  id: string;
  name: string;
  properties: { state: string };
}
interface Metrics {
  value: { timeseries: { data: { total?: number }[] }[] }[];
}

const clusterVersion = 'api-version=2026-05-01';
const serverVersion = 'api-version=2025-08-01';
const hourMs = 3_600_000;

const clusterState = ({ properties: { powerState, provisioningState } }: Cluster): string =>
  provisioningState === 'Succeeded' ? (powerState?.code ?? 'Unknown') : provisioningState;

/** Of the last hour, over all front doors of the group; undefined where they cannot be asked. */
const requestsOf = async (arm: AzureApi, { path }: EnvironmentGroup, now: Date): Promise<number | undefined> => {
  const filter = encodeURIComponent("resourceType eq 'Microsoft.Cdn/profiles'");
  try {
    const edges = await arm.list<{ id: string }>(`${path}/resources?api-version=2025-04-01&$filter=${filter}`);
    if (edges.length === 0) return undefined;
    let sum = 0;
    for (const { id } of edges) {
      const timespan = `${new Date(now.getTime() - hourMs).toISOString()}/${now.toISOString()}`;
      const query = `api-version=2024-02-01&metricnames=RequestCount&aggregation=Total&interval=PT1H&timespan=${timespan}`;
      const { value } = await arm.ask<Metrics>('GET', `${id}/providers/Microsoft.Insights/metrics?${query}`);
      for (const { timeseries } of value)
        for (const { data } of timeseries) for (const { total = 0 } of data) sum += total;
    }
    return sum;
  } catch {
    // What cannot be known is told as that, and stops nothing.
    return undefined;
  }
};

interface Machines {
  cluster: Part & { id: string };
  servers: (Part & { id: string })[];
}

const machinesOf = async (arm: AzureApi, { path }: EnvironmentGroup): Promise<Machines> => {
  const providers = `${path}/providers`;
  const clusters = await arm.list<Cluster>(`${providers}/Microsoft.ContainerService/managedClusters?${clusterVersion}`);
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1)
    throw new Refused(`${path} has ${clusters.length} clusters, one is expected: was it deployed whole?`);
  const servers = await arm.list<Server>(`${providers}/Microsoft.DBforPostgreSQL/flexibleServers?${serverVersion}`);
  return {
    cluster: { id: cluster.id, name: cluster.name, state: clusterState(cluster) },
    servers: servers.map(({ id, name, properties }) => ({ id, name, state: properties.state })),
  };
};

/** Databases first when it wakes, last when it falls asleep: services would else look for them. */
const stepsTo = ({ wanted }: Decision, { cluster, servers }: Machines, arm: AzureApi): Step[] => {
  if (wanted === 'as it is') return [];
  const verb = wanted === 'running' ? 'start' : 'stop';
  const differs = wanted === 'running' ? isDown : isUp;
  const ofCluster: Step[] = [cluster].filter(differs).map(({ id, name }) => ({
    what: `${verb} the cluster ${name}`,
    run: () => arm.act('POST', `${id}/${verb}?${clusterVersion}`),
  }));
  const restarted = wanted === 'stopped' && isDown(cluster);
  const why = restarted ? ' (it runs while its cluster is stopped: Azure starts a server after seven days)' : '';
  const ofServers: Step[] = servers.filter(differs).map(({ id, name }) => ({
    what: `${verb} the server ${name}${why}`,
    run: () => arm.act('POST', `${id}/${verb}?${serverVersion}`),
  }));
  return wanted === 'running' ? [...ofServers, ...ofCluster] : [...ofCluster, ...ofServers];
};

const actOf = (text: string | undefined): 'start' | 'stop' | undefined => {
  if (text === undefined || text === 'start' || text === 'stop') return text;
  throw new Refused(`--act is ${text}: start or stop`);
};

export const idle: Script = async (parameters, at) => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      act: { type: 'string' },
      hours: { type: 'string', default: '7-19' },
      'time-zone': { type: 'string', default: 'Europe/Berlin' },
      environment: { type: 'string' },
      subscription: { type: 'string' },
    },
  });
  const { arm, write } = at;
  if (values.help) {
    write(usage);
    return 0;
  }
  const environment = environmentOf(values.environment);
  if (environment !== 'dev') throw new Refused(`${environment} does not sleep: customers work with it at any hour`);
  const hours = workingHoursOf(values.hours, values['time-zone']);
  const order = actOf(values.act);
  const group = await environmentGroup(arm, { subscriptionId: subscriptionOf(values.subscription, at), environment });
  const now = at.now();
  const machines = await machinesOf(arm, group);
  const seen: Seen = {
    now,
    ...machines,
    requests: await requestsOf(arm, group, now),
    keepUntil: group.tags.KeepAwakeUntil,
  };
  const decision = decide(seen, { hours, order });
  for (const { name, state } of [machines.cluster, ...machines.servers]) write(`${name}: ${state}`);
  write(`Decided: ${decision.wanted}, because ${decision.reason}`);
  const steps = stepsTo(decision, machines, arm);
  const outcome = await carriedOut(steps, { name: 'ops:idle', parameters, go: values.go, write });
  return outcome?.failure === undefined ? 0 : 1;
};

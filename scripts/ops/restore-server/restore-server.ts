import { parseArgs } from 'node:util';
import type { AzureApi } from '../azure/azure-api.ts';
import { subscriptionOf, type Script } from '../command.ts';
import { environmentGroup, environmentOf, Refused, type EnvironmentGroup } from '../environment-group.ts';
import { carriedOut, type Step } from '../report.ts';

const usage = `npm run ops:restore-server -- --environment dev|staging|prod --at TIME [options]
npm run ops:restore-server -- --environment dev|staging|prod --at TIME --remove GROUP [options]
  Makes a server beside each PostgreSQL server of the environment, with what that one held at TIME (2026-12-01T04:10:00Z), and a
  private endpoint where the environment's own is: all of one moment, since services follow each other. The servers that work are
  not touched. --remove takes away what this made of TIME, and nothing else; GROUP is the environment's resource group, typed out.
  Changes nothing without --go, and may be run again.

  --go                 does what it said
  --subscription ID    else AZURE_SUBSCRIPTION_ID
  --help
`;

interface Tagged {
  id: string;
  name: string;
  location: string;
  tags?: Record<string, string>;
}
interface Server extends Tagged {
  properties: { state: string; backup?: { earliestRestoreDate?: string } };
}
interface Endpoint extends Tagged {
  properties: {
    subnet: { id: string };
    privateLinkServiceConnections: { name: string; properties: { privateLinkServiceId: string; groupIds: string[] } }[];
  };
}
interface ZoneGroup {
  properties: { privateDnsZoneConfigs: { name: string; properties: { privateDnsZoneId: string } }[] };
}

const serverVersion = 'api-version=2025-08-01';
const networkVersion = 'api-version=2026-03-01';
const madeBy = 'RestoredFrom';

const isMade = ({ tags }: Tagged): boolean => tags?.[madeBy] !== undefined;
const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Of a moment, in a name: 1201041000. Two moments that share one would be taken for each other, so a moment is a whole second. */
const stampOf = (at: Date): string => at.toISOString().slice(5, 19).replaceAll(/\D/g, '');
// What Azure allows in a name, less a hyphen and the stamp.
const mostOfName = 63 - 1 - 10;
const restoredName = (name: string, at: Date): string => `${name.slice(0, mostOfName)}-${stampOf(at)}`;

const momentOf = (text: string | undefined, now: Date): Date => {
  const at = new Date(text ?? '');
  // Date also reads other ways to write one, and makes the 2nd of March of the 30th of February.
  const isSaid = !Number.isNaN(at.getTime()) && text === `${at.toISOString().slice(0, 19)}Z`;
  if (text === undefined || !isSaid)
    throw new Refused(`--at is ${text ?? 'missing'}: a moment in UTC, to the second, such as 2026-12-01T04:10:00Z`);
  if (at >= now) throw new Refused(`--at is ${text}, which is not over yet`);
  return at;
};

const serversOf = (arm: AzureApi, { path }: EnvironmentGroup): Promise<Server[]> =>
  arm.list<Server>(`${path}/providers/Microsoft.DBforPostgreSQL/flexibleServers?${serverVersion}`);
const endpointsOf = (arm: AzureApi, { path }: EnvironmentGroup): Promise<Endpoint[]> =>
  arm.list<Endpoint>(`${path}/providers/Microsoft.Network/privateEndpoints?${networkVersion}`);

/** What Azure refuses an hour later is refused here: too old, or not to be reached afterwards. */
const requireRestorable = ({ name, properties }: Server, endpoint: Endpoint | undefined, at: Date): void => {
  const { backup, state } = properties;
  const earliest = new Date(backup?.earliestRestoreDate ?? 0);
  if (at < earliest)
    throw new Refused(
      `${name} can be restored to ${earliest.toISOString()} at the earliest, and not to ${at.toISOString()}`,
    );
  if (state !== 'Ready') throw new Refused(`${name} is ${state}: start it first`);
  if (!endpoint)
    throw new Refused(
      `${name} has no private endpoint whose place a restored server could take: was it deployed whole?`,
    );
};

const endpointSteps = async (
  arm: AzureApi,
  { own, target, tags }: { own: Endpoint; target: string; tags: Record<string, string> },
): Promise<Step[]> => {
  const name = `${target.split('/').at(-1)}-endpoint`;
  const place = own.id.replace(/[^/]+$/, name);
  if ((await arm.find(`${place}?${networkVersion}`)) !== undefined) return [];
  const zones = await arm.ask<ZoneGroup>('GET', `${own.id}/privateDnsZoneGroups/default?${networkVersion}`);
  const {
    subnet,
    privateLinkServiceConnections: [connection],
  } = own.properties;
  const groupIds = connection?.properties.groupIds ?? [];
  return [
    {
      what: `make its private endpoint ${name}`,
      run: async () => {
        await arm.act('PUT', `${place}?${networkVersion}`, {
          location: own.location,
          tags,
          properties: {
            subnet,
            privateLinkServiceConnections: [
              { name: 'restored', properties: { privateLinkServiceId: target, groupIds } },
            ],
          },
        });
        await arm.act('PUT', `${place}/privateDnsZoneGroups/default?${networkVersion}`, {
          properties: zones.properties,
        });
      },
    },
  ];
};

const restoreSteps = async (arm: AzureApi, group: EnvironmentGroup, at: Date): Promise<Step[]> => {
  const [servers, endpoints] = [await serversOf(arm, group), await endpointsOf(arm, group)];
  const own = servers.filter((server) => !isMade(server));
  if (own.length === 0) throw new Refused(`${group.path} has no PostgreSQL server: was it deployed whole?`);
  const steps: Step[] = [];
  for (const server of own) {
    const endpoint = endpoints.find(({ properties }) =>
      properties.privateLinkServiceConnections.some((one) => sameId(one.properties.privateLinkServiceId, server.id)),
    );
    requireRestorable(server, endpoint, at);
    const name = restoredName(server.name, at);
    const id = server.id.replace(/[^/]+$/, name);
    const tags = { ...group.tags, [madeBy]: server.name };
    if (!servers.some((one) => sameId(one.id, id)))
      steps.push({
        what: `restore ${server.name} to ${at.toISOString()} as ${name}`,
        run: () =>
          arm.act('PUT', `${id}?${serverVersion}`, {
            location: server.location,
            tags,
            properties: {
              createMode: 'PointInTimeRestore',
              sourceServerResourceId: server.id,
              pointInTimeUTC: at.toISOString(),
              network: { publicNetworkAccess: 'Disabled' },
            },
          }),
      });
    if (endpoint) steps.push(...(await endpointSteps(arm, { own: endpoint, target: id, tags })));
  }
  return steps;
};

/** An endpoint before the server that it leads to; what has no tag of ours stays, whatever it is called. */
const removeSteps = async (arm: AzureApi, group: EnvironmentGroup, moment: Date): Promise<Step[]> => {
  // One of another moment may be what people work with since a restore that was no drill.
  const isOfMoment = ({ name, tags }: Tagged): boolean => {
    const made = restoredName(tags?.[madeBy] ?? '', moment);
    return tags?.[madeBy] !== undefined && (name === made || name === `${made}-endpoint`);
  };
  const removal =
    (version: string) =>
    ({ id, name }: Tagged): Step => ({ what: `remove ${name}`, run: () => arm.act('DELETE', `${id}?${version}`) });
  return [
    ...(await endpointsOf(arm, group)).filter(isOfMoment).map(removal(networkVersion)),
    ...(await serversOf(arm, group)).filter(isOfMoment).map(removal(serverVersion)),
  ];
};

export const restoreServer: Script = async (parameters, at) => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      at: { type: 'string' },
      remove: { type: 'string' },
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
  if (values.remove !== undefined && values.remove !== `legendops-${environment}`)
    throw new Refused(`--remove is ${values.remove}: type the resource group out, legendops-${environment}`);
  const moment = momentOf(values.at, at.now());
  const group = await environmentGroup(arm, { subscriptionId: subscriptionOf(values.subscription, at), environment });
  const isRestore = values.remove === undefined;
  const steps = await (isRestore ? restoreSteps : removeSteps)(arm, group, moment);
  const outcome = await carriedOut(steps, { name: 'ops:restore-server', parameters, go: values.go, write });
  if (outcome && outcome.failure === undefined && isRestore)
    write(
      'Go on: npm run ops:restore -- verify with the URLs of the restored databases, from the network of the environment',
    );
  return outcome?.failure === undefined ? 0 : 1;
};

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AzureApi } from '../azure/azure-api.ts';
import type { Script } from '../command.ts';
import { environmentOf, Refused, tagsSayIsOurs, type Environment } from '../environment-group.ts';
import { carriedOut, type Step } from '../report.ts';
import { readEnvironmentFile, type EnvironmentFile } from './environment-file.ts';

const usage = `npm run ops:bootstrap -- --environment dev|staging|prod --env-file FILE [options]
  Makes a subscription ready for the first deployment of an environment: reads FILE (NAME=value lines, the variables of
  infra/environments with AZURE_SUBSCRIPTION_ID and AZURE_LOCATION), refuses what is wrong in it by name, then registers what
  Azure must know and makes the region's network watcher. Deploys nothing, and says the commands that do. Changes nothing
  without --go. No secret belongs into FILE, and FILE belongs into no repository.

  --go                 does what it said
  --help
`;

const parts = {
  feature: { namespace: 'Microsoft.Compute', name: 'EncryptionAtHost' },
  watcherGroup: 'NetworkWatcherRG',
  // Of Azure's looks until something is registered: minutes.
  looks: 60,
} as const;

/** The namespaces of everything that the environment's snapshot holds. */
export const providersOf = (snapshot: string): string[] => {
  const { predictedResources } = JSON.parse(snapshot) as { predictedResources: { type: string }[] };
  return [...new Set(predictedResources.map(({ type }) => type.split('/')[0] ?? ''))].toSorted();
};

interface Registered {
  registrationState?: string;
  properties?: { state: string };
}

const stateOf = (answer: Registered | undefined): string =>
  answer?.registrationState ?? answer?.properties?.state ?? 'NotRegistered';

/** Registers one thing and ends when Azure says so: what follows would else be refused. */
const registration = async (
  { arm, pause }: { arm: AzureApi; pause: () => Promise<void> },
  { what, place, version }: { what: string; place: string; version: string },
): Promise<Step[]> => {
  const look = async (): Promise<string> => stateOf(await arm.find<Registered>(`${place}?${version}`));
  if ((await look()) === 'Registered') return [];
  const register = async (): Promise<void> => {
    await arm.ask('POST', `${place}/register?${version}`);
    for (let count = 0; count < parts.looks; count += 1) {
      if ((await look()) === 'Registered') return;
      await pause();
    }
    throw new Error(`${what} is still being registered; run the same again to look`);
  };
  return [{ what: `register ${what}`, run: register }];
};

const watcherSteps = async (arm: AzureApi, subscription: string, location: string): Promise<Step[]> => {
  const group = `${subscription}/resourceGroups/${parts.watcherGroup}`;
  const name = `NetworkWatcher_${location}`;
  const watcher = `${group}/providers/Microsoft.Network/networkWatchers/${name}?api-version=2025-09-01`;
  if ((await arm.find(watcher)) !== undefined) return [];
  const groupPlace = `${group}?api-version=2025-04-01`;
  const make = async (): Promise<void> => {
    if ((await arm.find(groupPlace)) === undefined) await arm.ask('PUT', groupPlace, { location });
    await arm.act('PUT', watcher, { location, properties: {} });
  };
  return [{ what: `make the network watcher ${name}`, run: make }];
};

/** Free, or ours already; one of the same name that is somebody else's is no place for an environment. */
const requirePlace = async (arm: AzureApi, id: string, environment: Environment): Promise<void> => {
  const subscription = await arm.find<{ displayName: string }>(`/subscriptions/${id}?api-version=2022-12-01`);
  if (subscription === undefined)
    throw new Refused(`The subscription ${id} is not there, or not for who signed in: az account list`);
  const place = `/subscriptions/${id}/resourceGroups/legendops-${environment}?api-version=2025-04-01`;
  const group = await arm.find<{ tags?: Record<string, string> }>(place);
  if (group && !tagsSayIsOurs(group.tags, environment))
    throw new Refused(
      `The subscription ${subscription.displayName} (${id}) has a resource group legendops-${environment} that is not ours by its tags`,
    );
};

const commandsFor = (environment: Environment, { AZURE_LOCATION }: EnvironmentFile, path: string): string =>
  [
    'Then, in this order:',
    `  set -a; . ${path}; set +a`,
    `  npm run infra:check -- ${environment}`,
    ...['what-if', 'create'].map(
      (verb) =>
        `  az deployment sub ${verb} --subscription "$AZURE_SUBSCRIPTION_ID" --location ${AZURE_LOCATION} --template-file infra/main.bicep --parameters infra/environments/${environment}.bicepparam`,
    ),
  ].join('\n');

const snapshotPath = (environment: Environment): string =>
  join(import.meta.dirname, `../../../infra/environments/${environment}.snapshot.json`);

const fileAt = async (path: string | undefined): Promise<{ path: string; file: EnvironmentFile }> => {
  if (path === undefined) throw new Refused('No file was named: --env-file FILE');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refused(`${path} cannot be read`);
  });
  const read = readEnvironmentFile(text);
  if ('findings' in read) throw new Refused(`${path}:\n${read.findings.map((finding) => `  - ${finding}`).join('\n')}`);
  return { path, file: read.file };
};

export const bootstrap: Script = async (parameters, at) => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      environment: { type: 'string' },
      'env-file': { type: 'string' },
    },
  });
  const { arm, write } = at;
  if (values.help) {
    write(usage);
    return 0;
  }
  const environment = environmentOf(values.environment);
  const { path, file } = await fileAt(values['env-file']);
  await requirePlace(arm, file.AZURE_SUBSCRIPTION_ID, environment);
  const subscription = `/subscriptions/${file.AZURE_SUBSCRIPTION_ID}`;
  const { namespace, name } = parts.feature;
  const wanted = [
    {
      what: `the feature ${namespace}/${name}`,
      place: `${subscription}/providers/Microsoft.Features/providers/${namespace}/features/${name}`,
      version: 'api-version=2021-07-01',
    },
    ...[namespace, ...providersOf(await readFile(snapshotPath(environment), 'utf8'))].map((provider) => ({
      what: `the provider ${provider}`,
      place: `${subscription}/providers/${provider}`,
      version: 'api-version=2021-04-01',
    })),
  ];
  const steps: Step[] = [];
  for (const one of wanted) steps.push(...(await registration({ arm, pause: at.pause }, one)));
  steps.push(...(await watcherSteps(arm, subscription, file.AZURE_LOCATION)));
  const outcome = await carriedOut(steps, { name: 'ops:bootstrap', parameters, go: values.go, write });
  const isReady = outcome ? outcome.failure === undefined : steps.length === 0;
  if (isReady) write(commandsFor(environment, file, path));
  return outcome?.failure === undefined ? 0 : 1;
};

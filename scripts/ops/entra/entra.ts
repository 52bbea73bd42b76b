import { parseArgs } from 'node:util';
import type { AzureApi } from '../azure/azure-api.ts';
import type { Script } from '../command.ts';
import { environmentOf, Refused, type Environment } from '../environment-group.ts';
import { carriedOut, type Step } from '../report.ts';
import { desiredPolicy, desiredRegistration, differences, uniqueNameOf } from './desired-registration.ts';

const usage = `npm run ops:entra -- --environment dev|staging|prod --web-host HOST --spared-group ID [options]
  The application that people sign in to, with its place in our directory, and a policy of Conditional Access that asks whoever
  of our directory signs in to it for a second factor. What is there is compared and set right; nothing is removed. Changes
  nothing without --go. It makes no client secret: that is a person's, and goes into the Secret of docs/operations/install.md.

  --go                 does what it said
  --spared-group ID    a group of accounts that the policy spares, by which a directory is opened again when all else fails
  --enforce            the policy holds; without it, it only reports, and one that holds is left as it is
  --help

Needs Application.ReadWrite.All, Policy.Read.All, Policy.ReadWrite.ConditionalAccess and Group.Read.All in Graph.
`;

interface Application {
  id: string;
  appId: string;
}
interface FoundPolicy {
  id: string;
  displayName: string;
  state: string;
}

const policies = '/v1.0/identity/conditionalAccess/policies';

/** Known once the steps before it were done. */
interface Made {
  application: Application | undefined;
}

const applicationSteps = async (
  graph: AzureApi,
  made: Made,
  { environment, webHost }: { environment: Environment; webHost: string },
): Promise<Step[]> => {
  const uniqueName = uniqueNameOf(environment);
  const wanted = desiredRegistration(environment, webHost);
  const found = await graph.find<Application>(`/v1.0/applications(uniqueName='${uniqueName}')`);
  made.application = found;
  if (found === undefined) {
    const create = async () => {
      made.application = await graph.ask<Application>('POST', '/v1.0/applications', { uniqueName, ...wanted });
    };
    return [{ what: `make the application ${wanted.displayName} for https://${webHost}`, run: create }];
  }
  const paths = differences(wanted, found);
  const mend = () => graph.ask('PATCH', `/v1.0/applications/${found.id}`, wanted);
  return paths.length === 0
    ? []
    : [{ what: `set right ${paths.join(', ')} of the application ${wanted.displayName}`, run: mend }];
};

const directoryStep = async (graph: AzureApi, made: Made): Promise<Step[]> => {
  const { application } = made;
  const place = application && (await graph.find(`/v1.0/servicePrincipals(appId='${application.appId}')`));
  if (place !== undefined) return [];
  const create = () => graph.ask('POST', '/v1.0/servicePrincipals', { appId: made.application?.appId });
  return [{ what: 'give the application its place in our directory', run: create }];
};

const policySteps = async (
  graph: AzureApi,
  made: Made,
  { environment, spared, enforce }: { environment: Environment; spared: string; enforce: boolean },
): Promise<Step[]> => {
  const wantedFor = (appId: string, holds: boolean) => desiredPolicy(environment, { appId, spared, enforce: holds });
  const { displayName } = wantedFor('', enforce);
  const same = (await graph.list<FoundPolicy>(policies)).filter((one) => one.displayName === displayName);
  if (same.length > 1) throw new Refused(`There are ${same.length} policies ${displayName}: remove all but one`);
  const [found] = same;
  const appId = () => made.application?.appId ?? '';
  if (found === undefined) {
    const create = () => graph.ask('POST', policies, wantedFor(appId(), enforce));
    const how = enforce ? 'which holds' : 'which only reports';
    return [{ what: `make the policy ${displayName}, ${how}`, run: create }];
  }
  // Whoever let it hold had a reason: to weaken it is no work of a script.
  const holds = enforce || found.state === 'enabled';
  const paths = made.application ? differences(wantedFor(appId(), holds), found) : ['conditions.applications'];
  const mend = () => graph.ask('PATCH', `${policies}/${found.id}`, wantedFor(appId(), holds));
  return paths.length === 0 ? [] : [{ what: `set right ${paths.join(', ')} of the policy ${displayName}`, run: mend }];
};

const hostOf = (text: string | undefined): string => {
  if (text !== undefined && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(text)) return text;
  throw new Refused(`--web-host is ${text ?? 'missing'}: the name that people type, such as portal.example.com`);
};

const groupOf = async (graph: AzureApi, id: string | undefined): Promise<string> => {
  if (id === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new Refused(`--spared-group is ${id ?? 'missing'}: without one, a policy that is wrong shuts everybody out`);
  if ((await graph.find(`/v1.0/groups/${id}`)) === undefined)
    throw new Refused(`There is no group ${id} in the directory that you are signed in to: is it the right one?`);
  return id;
};

export const entra: Script = async (parameters, at) => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      enforce: { type: 'boolean', default: false },
      environment: { type: 'string' },
      'web-host': { type: 'string' },
      'spared-group': { type: 'string' },
    },
  });
  const { graph, write } = at;
  if (values.help) {
    write(usage);
    return 0;
  }
  const environment = environmentOf(values.environment);
  const webHost = hostOf(values['web-host']);
  const spared = await groupOf(graph, values['spared-group']);
  const made: Made = { application: undefined };
  const steps = [
    ...(await applicationSteps(graph, made, { environment, webHost })),
    ...(await directoryStep(graph, made)),
    ...(await policySteps(graph, made, { environment, spared, enforce: values.enforce })),
  ];
  const outcome = await carriedOut(steps, { name: 'ops:entra', parameters, go: values.go, write });
  if (outcome && made.application) write(`LEGENDOPS_SIGN_IN_CLIENT_ID=${made.application.appId}`);
  return outcome?.failure === undefined ? 0 : 1;
};

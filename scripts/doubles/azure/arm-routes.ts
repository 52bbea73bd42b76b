import express, { type Request, type Router } from 'express';
import type { AzureAccount, Resource } from './account.ts';
import { AzureError, notFound } from './azure-error.ts';
import { costReport } from './cost-query.ts';
import { keptRoutes } from './kept-routes.ts';
import { registrationRoutes } from './registration-routes.ts';

interface Deps {
  account: () => AzureAccount;
  changed: () => void;
  url: () => string;
}

const clusters = 'Microsoft.ContainerService/managedClusters';
const servers = 'Microsoft.DBforPostgreSQL/flexibleServers';
// Looks until work has ended: more than one, so that nobody takes the first answer for the last.
const looksOfWork = 2;

const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const present = ({ id, type, name, state, location, tags, properties }: Resource) => {
  if (type === servers)
    return {
      id,
      type,
      name,
      location,
      tags,
      properties: { ...properties, state, backup: { earliestRestoreDate: '2026-11-25T00:00:00Z' } },
    };
  if (type !== clusters) return { id, type, name, location, tags, properties };
  const code = state === 'Stopped' || state === 'Running' ? state : 'Running';
  return {
    id,
    type,
    name,
    properties: { powerState: { code }, provisioningState: code === state ? 'Succeeded' : state },
  };
};

/** Resource Manager: the subscription, its groups, what starts and stops, metrics, costs, providers. */
export const armRoutes = ({ account, changed, url }: Deps): Router => {
  const router = express.Router();
  router.use((req, _res, next) => {
    if (!new URL(req.url, url()).searchParams.get('api-version'))
      throw new AzureError(400, 'MissingApiVersionParameter', 'The api-version query parameter is required.');
    next();
  });
  router.use('/:subscription', (req, _res, next) => {
    const { subscription } = req.params;
    if (account().subscriptions[subscription] === undefined)
      throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
    next();
  });
  router.get('/:subscription', (req, res) => {
    const { subscription } = req.params;
    res.json({ id: `/subscriptions/${subscription}`, ...account().subscriptions[subscription] });
  });
  const groupOf = (req: Request<{ subscription: string; group: string }>) => {
    const { subscription, group } = req.params;
    const found = account().groups.find((one) => one.subscription === subscription && one.name === group);
    if (!found) throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
    return found;
  };
  router.get('/:subscription/resourceGroups/:group', (req, res) => {
    const { name, tags } = groupOf(req);
    res.json({ id: `/subscriptions/${req.params.subscription}/resourceGroups/${name}`, name, tags });
  });

  const inGroup = (req: Request<{ subscription: string; group: string }>, type: string): Resource[] => {
    const { name } = groupOf(req);
    const place = `/subscriptions/${req.params.subscription}/resourceGroups/${name}/`;
    return account().resources.filter((one) => one.type === type && one.id.startsWith(place));
  };
  router.get('/:subscription/resourceGroups/:group/resources', (req, res) => {
    const filter = new URL(req.url, url()).searchParams.get('$filter') ?? '';
    const [, type = ''] = /^resourceType eq '([^']+)'$/.exec(filter) ?? [];
    res.json({ value: inGroup(req, type).map(present) });
  });
  router.get('/:subscription/resourceGroups/:group/providers/:namespace/:kind', (req, res) => {
    const { namespace, kind } = req.params;
    res.json({ value: inGroup(req, `${namespace}/${kind}`).map(present) });
  });
  router.post('/:subscription/resourceGroups/:group/providers/:namespace/:kind/:name/:verb', (req, res) => {
    const { namespace, kind, name, verb, subscription } = req.params;
    const found = inGroup(req, `${namespace}/${kind}`).find((one) => one.name === name);
    if (!found || (verb !== 'start' && verb !== 'stop')) throw notFound(`${name}/${verb}`);
    const up = found.type === servers ? 'Ready' : 'Running';
    if (found.state !== (verb === 'stop' ? up : 'Stopped'))
      throw new AzureError(409, 'OperationNotAllowed', `${name} is ${found.state}; ${verb} is not allowed.`);
    const id = `work-${Object.keys(account().operations).length + 1}`;
    found.state = verb === 'stop' ? 'Stopping' : 'Starting';
    account().operations[id] = {
      looksLeft: looksOfWork,
      resource: found.id,
      becomes: verb === 'stop' ? 'Stopped' : up,
    };
    changed();
    res
      .status(202)
      .setHeader(
        'azure-asyncoperation',
        `${url()}/subscriptions/${subscription}/operations/${id}?api-version=2026-05-01`,
      )
      .setHeader('retry-after', '1')
      .end();
  });
  router.get('/:subscription/operations/:id', (req, res) => {
    const operation = account().operations[req.params.id];
    if (!operation) throw notFound(req.params.id);
    operation.looksLeft -= 1;
    const resource = account().resources.find(({ id }) => sameId(id, operation.resource));
    if (operation.looksLeft <= 0 && resource) resource.state = operation.becomes;
    changed();
    res.setHeader('retry-after', '1').json({ status: operation.looksLeft <= 0 ? 'Succeeded' : 'InProgress' });
  });
  router.get(
    '/:subscription/resourceGroups/:group/providers/Microsoft.Cdn/profiles/:name/providers/Microsoft.Insights/metrics',
    (req, res) => {
      const edge = inGroup(req, 'Microsoft.Cdn/profiles').find(({ name }) => name === req.params.name);
      if (!edge) throw notFound(req.params.name);
      const total = account().requests[edge.id];
      res.json({ value: [{ timeseries: total === undefined ? [] : [{ data: [{ total }] }] }] });
    },
  );

  router.post('/:subscription/providers/Microsoft.CostManagement/query', (req, res) => {
    res.json(costReport(account().costs, req.body, req, url()));
  });

  router.use(keptRoutes({ account, changed }));
  router.use(registrationRoutes({ account, changed }));
  return router;
};

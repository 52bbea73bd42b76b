import express, { type Router } from 'express';
import type { AzureAccount, Resource } from './account.ts';
import { AzureError, notFound } from './azure-error.ts';

interface Deps {
  account: () => AzureAccount;
  changed: () => void;
}

const servers = 'Microsoft.DBforPostgreSQL/flexibleServers';
const endpoints = 'Microsoft.Network/privateEndpoints';

interface Body {
  location?: string;
  tags?: Record<string, string>;
  properties?: Record<string, unknown>;
}

/** Azure's own words for a restore that cannot be. */
const requireSource = ({ properties = {} }: Body, account: AzureAccount): void => {
  const { createMode, sourceServerResourceId, pointInTimeUTC } = properties;
  if (createMode !== 'PointInTimeRestore')
    throw new AzureError(400, 'InvalidParameterValue', `Invalid value given for parameter createMode.`);
  if (!account.resources.some(({ id }) => id === sourceServerResourceId))
    throw new AzureError(
      404,
      'SourceServerNotFound',
      `The source server '${String(sourceServerResourceId)}' does not exist.`,
    );
  if (Number.isNaN(Date.parse(String(pointInTimeUTC))))
    throw new AzureError(400, 'InvalidParameterValue', 'Invalid value given for parameter pointInTimeUTC.');
};

/** What is made, read and removed by its id: servers that are restored, private endpoints and their names. */
export const keptRoutes = ({ account, changed }: Deps): Router => {
  const router = express.Router();
  const place = '/:subscription/resourceGroups/:group/providers/:namespace/:kind/:name';
  const idOf = (path: string): string => `/subscriptions${path}`;
  const find = (path: string): Resource | undefined => account().resources.find(({ id }) => id === idOf(path));

  router.put(place, (req, res, next) => {
    const type = `${req.params.namespace}/${req.params.kind}`;
    if (type !== servers && type !== endpoints) return next();
    const body = req.body as Body;
    if (type === servers) requireSource(body, account());
    const { name } = req.params;
    const { location, tags, properties } = body;
    account().resources.push({ id: idOf(req.path), type, name, state: 'Ready', location, tags, properties });
    changed();
    return res.status(201).json({ id: idOf(req.path) });
  });
  router.get(place, (req, res, next) => {
    const found = find(req.path);
    if (found?.type !== endpoints) return next();
    return res.json(found);
  });
  router.delete(place, (req, res) => {
    const found = find(req.path);
    if (!found) throw notFound(req.params.name);
    account().resources = account().resources.filter((one) => one !== found);
    changed();
    res.status(200).end();
  });
  router
    .route(`${place}/privateDnsZoneGroups/default`)
    .get((req, res) => {
      const found = find(req.path.replace(/\/privateDnsZoneGroups\/default$/, ''));
      if (!found?.zones) throw notFound('default');
      res.json({ properties: found.zones });
    })
    .put((req, res) => {
      const found = find(req.path.replace(/\/privateDnsZoneGroups\/default$/, ''));
      if (!found) throw notFound('default');
      found.zones = (req.body as { properties: unknown }).properties;
      changed();
      res.status(201).json({});
    });
  return router;
};

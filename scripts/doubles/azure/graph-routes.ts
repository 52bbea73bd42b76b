import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import type { Graph } from './account.ts';
import { AzureError, notFound } from './azure-error.ts';

interface Deps {
  graph: () => Graph;
  changed: () => void;
}

type Item = Record<string, unknown>;

const bodyOf = (body: unknown): Item => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AzureError(400, 'Request_BadRequest', 'The request body is not an object.');
  return body as Item;
};

const required = (item: Item, names: readonly string[]): Item => {
  for (const name of names)
    if (item[name] === undefined)
      throw new AzureError(400, 'Request_BadRequest', `A value is required for property '${name}' of resource.`);
  return item;
};

/** Microsoft Graph v1.0: applications, their service principals, conditional access, and whether a group is there. */
export const graphRoutes = ({ graph, changed }: Deps): Router => {
  const router = express.Router();
  const byKey = (items: readonly Item[], name: string, value: string): Item => {
    const found = items.find((item) => item[name] === value);
    if (!found) throw notFound(value);
    return found;
  };
  const add = (items: Item[], item: Item): Item => {
    const made = { id: randomUUID(), ...item };
    items.push(made);
    changed();
    return made;
  };

  // An alternate key stands in parentheses behind the collection.
  router.get(/^\/applications\(uniqueName='([^']+)'\)$/, (req, res) => {
    res.json(byKey(graph().applications, 'uniqueName', String(Object.values(req.params)[0])));
  });
  router.post('/applications', (req, res) => {
    const item = required(bodyOf(req.body), ['displayName']);
    const { uniqueName } = item;
    if (uniqueName !== undefined && graph().applications.some((one) => one.uniqueName === uniqueName))
      throw new AzureError(
        400,
        'Request_BadRequest',
        'Another object with the same value for property uniqueName already exists.',
      );
    res.status(201).json(add(graph().applications, { appId: randomUUID(), ...item }));
  });
  router.patch('/applications/:id', (req, res) => {
    const found = byKey(graph().applications, 'id', req.params.id);
    if ('uniqueName' in bodyOf(req.body))
      throw new AzureError(400, 'Request_BadRequest', 'Property uniqueName is immutable.');
    Object.assign(found, req.body);
    changed();
    res.status(204).end();
  });
  router.get(/^\/servicePrincipals\(appId='([^']+)'\)$/, (req, res) => {
    res.json(byKey(graph().servicePrincipals, 'appId', String(Object.values(req.params)[0])));
  });
  router.post('/servicePrincipals', (req, res) => {
    const item = required(bodyOf(req.body), ['appId']);
    byKey(graph().applications, 'appId', String(item.appId));
    res.status(201).json(add(graph().servicePrincipals, item));
  });
  router.get('/groups/:id', (req, res) => {
    if (!graph().groups.includes(req.params.id)) throw notFound(req.params.id);
    res.json({ id: req.params.id });
  });
  router.get('/identity/conditionalAccess/policies', (_req, res) => {
    res.json({ value: graph().policies });
  });
  router.post('/identity/conditionalAccess/policies', (req, res) => {
    const item = required(bodyOf(req.body), ['displayName', 'state', 'conditions', 'grantControls']);
    res.status(201).json(add(graph().policies, item));
  });
  router.patch('/identity/conditionalAccess/policies/:id', (req, res) => {
    Object.assign(byKey(graph().policies, 'id', req.params.id), bodyOf(req.body));
    changed();
    res.status(204).end();
  });
  return router;
};

import express, { type Router } from 'express';
import type { AzureAccount, Registration } from './account.ts';
import { notFound } from './azure-error.ts';

interface Deps {
  account: () => AzureAccount;
  changed: () => void;
}

/** What a subscription must know before anything is made in it: providers, features, network watchers. */
export const registrationRoutes = ({ account, changed }: Deps): Router => {
  const router = express.Router();
  /** What goes on is through by the next look. */
  const look = (states: Record<string, Registration>, key: string): Registration => {
    const state = states[key] ?? 'NotRegistered';
    if (state === 'Registering') states[key] = 'Registered';
    changed();
    return state;
  };
  const begin = (states: Record<string, Registration>, key: string): Registration => {
    if (states[key] !== 'Registered') states[key] = 'Registering';
    changed();
    return states[key] ?? 'Registering';
  };

  router.get('/:subscription/providers/:namespace', (req, res) => {
    const { namespace, subscription } = req.params;
    res.json({ namespace, registrationState: look(account().providers, `${subscription}/${namespace}`) });
  });
  router.post('/:subscription/providers/:namespace/register', (req, res) => {
    const { namespace, subscription } = req.params;
    res.json({ namespace, registrationState: begin(account().providers, `${subscription}/${namespace}`) });
  });
  const feature = '/:subscription/providers/Microsoft.Features/providers/:namespace/features/:name';
  router.get(feature, (req, res) => {
    const { namespace, subscription, name } = req.params;
    res.json({ name, properties: { state: look(account().features, `${subscription}/${namespace}/${name}`) } });
  });
  router.post(`${feature}/register`, (req, res) => {
    const { namespace, subscription, name } = req.params;
    res.json({ name, properties: { state: begin(account().features, `${subscription}/${namespace}/${name}`) } });
  });
  router.put('/:subscription/resourceGroups/:group', (req, res) => {
    const { subscription, group: name } = req.params;
    const { tags = {} } = req.body as { tags?: Record<string, string> };
    const found = account().groups.find((one) => one.subscription === subscription && one.name === name);
    if (found) found.tags = tags;
    else account().groups.push({ subscription, name, tags });
    changed();
    res.status(found ? 200 : 201).json({ name, tags });
  });
  const watcher = '/:subscription/resourceGroups/:group/providers/Microsoft.Network/networkWatchers/:name';
  const idOf = ({ subscription, group, name }: Record<'subscription' | 'group' | 'name', string>): string =>
    `/subscriptions/${subscription}/resourceGroups/${group}/${name}`;
  router.get(watcher, (req, res) => {
    if (!account().watchers.includes(idOf(req.params))) throw notFound(req.params.name);
    res.json({ name: req.params.name });
  });
  router.put(watcher, (req, res) => {
    const { subscription, group, name } = req.params;
    if (!account().groups.some((one) => one.subscription === subscription && one.name === group)) throw notFound(group);
    account().watchers.push(idOf(req.params));
    changed();
    res.status(201).json({ name });
  });
  return router;
};

import express from 'express';
import type { RequestHandler, Router } from 'express';
import type { VaultAction } from './access.ts';
import { pageOf } from './page.ts';
import type { VaultPresenter } from './presenter.ts';
import { parseChange, parseName, parseNewSecret } from './secret-input.ts';
import type { Secret, SecretStore } from './secret-store.ts';
import { badParameter, VaultError } from './vault-error.ts';

type Named = { name: string };
/** Without a version the newest one is meant; the client then sends a trailing slash. */
type Versioned = { name: string; version?: string };

type Deps = {
  store: SecretStore;
  present: VaultPresenter;
  url: () => string;
  may: <P>(action: VaultAction) => RequestHandler<P>;
};

/** The data plane of secrets, api-version 2026-04-01. */
export function secretRoutes({ store, present, url, may }: Deps): Router {
  const router = express.Router();
  router.use(express.json({ type: () => true, limit: '1mb' }));
  router.use((req, _res, next) => {
    // Clients send the name percent-encoded: `api%2Dversion`.
    if (!new URL(req.url, url()).searchParams.get('api-version')) throw badParameter('api-version must be specified');
    next();
  });
  router.param('name', (_req, _res, next, name: string) => {
    parseName(name);
    next();
  });

  router.post('/secrets/restore', may('restore'), (req, res) => {
    res.json(present.latestBundle(store.restore(fromBackup(req.body))));
  });
  router.get('/secrets', may('list'), (req, res) => {
    res.json(pageOf(req, url(), store.all().map(present.listed)));
  });
  router.get('/secrets/:name/versions', may<Named>('list'), (req, res) => {
    const { name, versions } = store.live(req.params.name);
    res.json(
      pageOf(
        req,
        url(),
        versions.map((version) => present.listedVersion(name, version)),
      ),
    );
  });
  router.put('/secrets/:name', may<Named>('set'), (req, res) => {
    const { name } = req.params;
    res.json(present.bundle(name, store.set(name, parseNewSecret(req.body))));
  });
  router.patch(['/secrets/:name', '/secrets/:name/:version'], may<Versioned>('update'), (req, res) => {
    const { name, version = '' } = req.params;
    res.json(present.withoutValue(name, store.update(name, version, parseChange(req.body))));
  });
  router.get(['/secrets/:name', '/secrets/:name/:version'], may<Versioned>('get'), (req, res) => {
    const { name, version = '' } = req.params;
    const found = store.version(name, version);
    if (!found.enabled) {
      throw new VaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
    }
    res.json(present.bundle(store.live(name).name, found));
  });
  router.delete('/secrets/:name', may<Named>('delete'), (req, res) => {
    res.json(present.deletedBundle(store.delete(req.params.name)));
  });
  router.post('/secrets/:name/backup', may<Named>('backup'), (req, res) => {
    const secret = store.live(req.params.name);
    res.json({ value: Buffer.from(JSON.stringify(secret)).toString('base64url') });
  });

  router.get('/deletedsecrets', may('list'), (req, res) => {
    res.json(pageOf(req, url(), store.allDeleted().map(present.listedDeleted)));
  });
  router.get('/deletedsecrets/:name', may<Named>('get'), (req, res) => {
    res.json(present.deletedBundle(store.deleted(req.params.name)));
  });
  router.post('/deletedsecrets/:name/recover', may<Named>('recover'), (req, res) => {
    res.json(present.latestBundle(store.recover(req.params.name)));
  });
  router.delete('/deletedsecrets/:name', may<Named>('purge'), (req, res) => {
    store.purge(req.params.name);
    res.status(204).end();
  });
  return router;
}

function fromBackup(body: unknown): Secret {
  try {
    const { value } = body as { value: string };
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as Secret;
  } catch {
    throw badParameter('The backup blob is not valid');
  }
}

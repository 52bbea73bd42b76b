import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type { AxiosStatic } from 'axios';
import quickbooksModule from 'node-quickbooks';
import type { QuickBooks as QuickBooksClient } from 'node-quickbooks';
import { vendorCall } from '../vendor-access/vendor-metrics.ts';
import { QuickBooksError, quickBooksErrorFrom } from './quickbooks-error.ts';

// CommonJS behind an ES module's default; its types name the class differently than it is exported.
const QuickBooks = quickbooksModule as unknown as typeof QuickBooksClient;

// The library has no time-out, follows redirects (re-sending the body to whoever is named) and keeps the requestid from
// batch and send. Its own axios takes interceptors; the storage carries a call's deadline through its callbacks.
const ownRequire = createRequire(createRequire(import.meta.url).resolve('node-quickbooks'));
const axios = ownRequire('axios') as AxiosStatic;
if (!axios.interceptors) throw new Error('node-quickbooks resolves an axios that takes no interceptors');

const currentCall = new AsyncLocalStorage<{ signal: AbortSignal }>();
axios.interceptors.request.use((config) => {
  const call = currentCall.getStore();
  return call ? Object.assign(config, { signal: call.signal, maxRedirects: 0 }) : config;
});

export type LibraryClient = QuickBooksClient;

/** A client for one call's access token. `apiUrl` is the address before /v3. */
export const libraryClient = ({
  apiUrl,
  realmId,
  accessToken,
}: {
  apiUrl: string;
  realmId: string;
  accessToken: string;
}): LibraryClient => {
  const client = new QuickBooks('', '', accessToken, false, realmId, false, false, null, '2.0', null);
  (client as unknown as { endpoint: string }).endpoint = `${apiUrl}/v3/company/`;
  return client;
};

type Callback = (error: unknown, data: unknown) => void;

/** One call of the library until `signal` ends it. Rejects with a QuickBooksError, never with what the library gave. */
export const callLibrary = (signal: AbortSignal, start: (callback: Callback) => void): Promise<unknown> =>
  vendorCall('quickbooks', () =>
    currentCall.run(
      { signal },
      () =>
        new Promise((resolve, reject) => {
          // A callback that throws is called again with its own error, so it only ever settles the promise.
          start((error, data) => (error ? reject(quickBooksErrorFrom(error)) : resolve(data)));
        }),
    ),
  );

/** The entity of a successful write; an HTML page, an empty body or broken JSON under 200 counts as unknown. */
export const writtenEntity = (data: unknown): Record<string, unknown> & { Id: string; SyncToken: string } => {
  if (
    typeof data === 'object' &&
    data !== null &&
    'Id' in data &&
    'SyncToken' in data &&
    typeof data.Id === 'string' &&
    typeof data.SyncToken === 'string'
  )
    return data as Record<string, unknown> & { Id: string; SyncToken: string };
  throw new QuickBooksError('in-doubt', 'no-entity', 'QuickBooks answered without the entity');
};

import { afterEach, beforeEach, expect, it } from 'vitest';
import { anAccount, anEnvironment } from '../../doubles/azure/account.ts';
import { startAzure, type Azure } from '../../doubles/azure/server.ts';
import { azureApi, AzureRefused, AzureUnfinished, type AzureApi } from './azure-api.ts';

const subscription = '20000000-0000-4000-8000-000000000001';
const group = `/subscriptions/${subscription}/resourceGroups/legendops-dev`;
const groupAsked = `${group}?api-version=2025-04-01`;
const stop = `${group}/providers/Microsoft.ContainerService/managedClusters/legendops-dev-cluster/stop?api-version=2026-05-01`;

let azure: Azure;
let pauses: number[];
const apiWith = (token: string): AzureApi =>
  azureApi({ url: azure.url, token: async () => token, pause: async (milliseconds) => void pauses.push(milliseconds) });
let api: AzureApi;

beforeEach(async () => {
  pauses = [];
  azure = await startAzure({
    token: 'right',
    account: anAccount({
      subscriptions: { [subscription]: { displayName: 'Development' } },
      ...anEnvironment(subscription, 'dev'),
    }),
  });
  api = apiWith('right');
});
afterEach(() => azure.close());

it('what Azure refuses is told by what was asked, its status and its code', async () => {
  const refused = apiWith('wrong').ask('GET', groupAsked);
  await expect(refused).rejects.toBeInstanceOf(AzureRefused);
  await expect(refused).rejects.toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  await expect(refused).rejects.toThrow(`GET ${group} was refused (401 InvalidAuthenticationToken)`);
});

it('what is not there is undefined, and what may not be looked at is not', async () => {
  expect(await api.find(`${group}-another?api-version=2025-04-01`)).toBeUndefined();
  azure.deny('GET', 'legendops-dev');
  await expect(api.find(groupAsked)).rejects.toMatchObject({ status: 403 });
});

it('Azure that is busy is asked again after the time that it names, and not for ever', async () => {
  azure.faults.add([
    { match: { path: 'legendops-dev', count: 2 }, fault: { status: 429, headers: { 'retry-after': '3' } } },
  ]);
  expect(await api.find(groupAsked)).toMatchObject({ name: 'legendops-dev' });
  expect(pauses).toEqual([3_000, 3_000]);
  azure.faults.add([{ match: { path: 'legendops-dev' }, fault: { status: 503 } }]);
  await expect(api.find(groupAsked)).rejects.toMatchObject({ status: 503 });
  expect(pauses).toHaveLength(7);
});

it('nobody waits an hour', async () => {
  azure.faults.add([{ match: { path: 'legendops-dev' }, fault: { status: 429, headers: { 'retry-after': '3600' } } }]);
  await expect(api.find(groupAsked)).rejects.toMatchObject({ status: 429 });
  expect(pauses).toEqual([]);
});

it('a page of no Azure is no answer, and nothing of it is told', async () => {
  azure.faults.add([
    { match: { path: 'legendops-dev', count: 1 }, fault: { status: 403, html: true } },
    { match: { path: 'legendops-dev' }, fault: { html: true } },
  ]);
  await expect(api.find(groupAsked)).rejects.toThrow('what came is no answer of Azure');
  const asked = api.find(groupAsked);
  await expect(asked).rejects.toThrow('what came is no answer of Azure');
  await expect(asked).rejects.not.toThrow('html');
});

it('where no reply comes, nobody takes it for not done', async () => {
  azure.faults.add([{ match: { path: 'legendops-dev' }, fault: { dropConnection: 'after' } }]);
  await expect(api.act('POST', stop)).rejects.toThrow('and may have been done: look again');
});

it('work ends when Azure says so', async () => {
  await api.act('POST', stop);
  expect(azure.account.resources[0]?.state).toBe('Stopped');
  expect(pauses).toEqual([1_000]);
});

it('work that fails says why', async () => {
  const body = { status: 'Failed', error: { code: 'Quota', message: 'There is no machine left.' } };
  azure.faults.add([{ match: { path: 'operations' }, fault: { status: 200, body } }]);
  await expect(api.act('POST', stop)).rejects.toThrow('Quota): There is no machine left.');
});

it('work that does not end is not waited for without end', async () => {
  azure.faults.add([{ match: { path: 'operations' }, fault: { status: 200, body: { status: 'InProgress' } } }]);
  await expect(api.act('POST', stop)).rejects.toBeInstanceOf(AzureUnfinished);
});

it('a token leaves for no other place, whatever a page says', async () => {
  const page = { value: [], nextLink: 'https://elsewhere.example/next' };
  azure.faults.add([{ match: { path: 'legendops-dev' }, fault: { status: 200, body: page } }]);
  await expect(api.list(groupAsked)).rejects.toThrow('Azure names another place to ask');
});

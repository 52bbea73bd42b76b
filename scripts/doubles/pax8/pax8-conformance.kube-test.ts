import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { responseValidators } from './relaxed-openapi.ts';
import { sampleAccount } from './sample-account.ts';
import { startPax8 } from './server.ts';
import type { Pax8 } from './server.ts';

// The vendor's documents carry no licence: they are used from where they lie and never copied.
const documents = resolve(process.env.LEGENDOPS_TOOLS ?? '', '../data/pax8');
const available = process.env.LEGENDOPS_TOOLS !== undefined && existsSync(documents);
if (!available) console.warn('Skipped: LEGENDOPS_TOOLS names no folder beside data/pax8');

const account = sampleAccount({ clientId: 'conformance', month: '2026-09' });
const [company] = account.companies;
const [contact] = account.contacts;
const [product] = account.products;
const [subscription, , cloud] = account.subscriptions;
const [summary] = account.usage;
const absent = '00000000-0000-4000-8000-000000000000';

const replies: [template: string, path: string, status: number][] = [
  ['/companies', '/companies', 200],
  ['/companies/{companyId}', `/companies/${company?.id}`, 200],
  ['/companies/{companyId}', `/companies/${absent}`, 404],
  ['/companies/{companyId}/contacts', `/companies/${company?.id}/contacts`, 200],
  ['/companies/{companyId}/contacts/{contactId}', `/companies/${company?.id}/contacts/${contact?.id}`, 200],
  ['/products', '/products', 200],
  ['/products/{productId}', `/products/${product?.id}`, 200],
  ['/products/{productId}/pricing', `/products/${product?.id}/pricing`, 200],
  ['/products/{productId}/dependencies', `/products/${product?.id}/dependencies`, 200],
  ['/products/{productId}/dependencies', `/products/${account.products[1]?.id}/dependencies`, 200],
  ['/products/{productId}/provision-details', `/products/${product?.id}/provision-details`, 200],
  ['/subscriptions', '/subscriptions', 200],
  ['/subscriptions/{subscriptionId}', `/subscriptions/${subscription?.id}`, 200],
  ['/subscriptions/{subscriptionId}', `/subscriptions/${absent}`, 404],
  ['/subscriptions/{subscriptionId}/history', `/subscriptions/${subscription?.id}/history`, 200],
  ['/subscriptions/{subscriptionId}/usage-summaries', `/subscriptions/${cloud?.id}/usage-summaries`, 200],
  ['/usage-summaries/{usageSummaryId}', `/usage-summaries/${summary?.id}`, 200],
  [
    '/usage-summaries/{usageSummaryId}/usage-lines',
    `/usage-summaries/${summary?.id}/usage-lines?usageDate=2026-09-02`,
    200,
  ],
  ['/invoices', '/invoices', 200],
  ['/invoices/draftItems', '/invoices/draftItems', 200],
  ['/invoices/draftItems', '/invoices/draftItems?monthOffset=7', 422],
  ['/orders', '/orders', 200],
];

describe.skipIf(!available)('answers of the double against the vendor’s OpenAPI document', () => {
  let pax8: Pax8;
  let get: (path: string) => Promise<Response>;
  let webhooks: (method: string, path: string, body?: object) => Promise<Response>;
  let validatorOf: Awaited<ReturnType<typeof responseValidators>>;

  beforeAll(async () => {
    validatorOf = await responseValidators(resolve(documents, 'pax8-partner-endpoints-openapi.json'));
    const now = () => new Date('2026-10-15T00:00:00Z');
    pax8 = await startPax8({ accounts: [{ ...account, invoicesSince: '2026-10' }], now });
    const reply = await fetch(`${pax8.url}/v1/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: 'conformance',
        client_secret: 'local',
        audience: 'https://api.pax8.com',
        grant_type: 'client_credentials',
      }),
    });
    const { access_token: bearer } = await reply.json();
    webhooks = (method, path, body) =>
      fetch(`${pax8.url}/api/v2/webhooks${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    get = (path) => fetch(`${pax8.url}/v1${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  });
  afterAll(() => pax8.close());

  test.each(replies)('GET %s (%s) answers %i', async (template, path, status) => {
    const reply = await get(path);
    expect(reply.status).toBe(status);
    const validate = validatorOf('get', template, status);
    validate(await reply.json());
    expect(validate.errors ?? []).toEqual([]);
  });

  test('invoice items of a final invoice', async () => {
    const { content } = await (await get('/invoices')).json();
    const items = await (await get(`/invoices/${content[0].id}/items`)).json();
    expect(items.content.length).toBeGreaterThan(1);
    const validate = validatorOf('get', '/invoices/{invoiceId}/items', 200);
    validate(items);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('webhooks, by their own document', async () => {
    const ofWebhooks = await responseValidators(resolve(documents, 'pax8-webhooks-api-openapi.json'));
    const expectValid = async (reply: Response, method: string, template: string) => {
      const validate = ofWebhooks(method, template, 200);
      const body = await reply.json();
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
      return body;
    };
    const topics = await expectValid(await webhooks('GET', '/topic-definitions'), 'get', '/webhooks/topic-definitions');
    const webhookTopics = [{ topic: topics.content[0].topic, filters: [{ action: 'UPDATED', conditions: [] }] }];
    const made = await webhooks('POST', '', { displayName: 'LegendOps', url: 'https://here.example', webhookTopics });
    const { id } = await expectValid(made, 'post', '/webhooks');
    expect((await webhooks('DELETE', `/${id}`)).status).toBe(204);
    expect((await webhooks('DELETE', `/${id}`)).status).toBe(404);
    expect((await webhooks('POST', '', { url: 'https://here.example' })).status).toBe(400);
  });

  test('a wrong type and an unknown property would be noticed', () => {
    const validate = validatorOf('get', '/subscriptions', 200);
    expect(validate({ content: [{ quantity: '45' }] })).toBe(false);
    expect(validate({ content: [{ quantities: 45 }] })).toBe(false);
  });
});

import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { aCompany, anInvoice, quickBooksForTest } from './quickbooks-for-test.ts';

type Delivery = { body: string; signature: string | undefined };

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** An application that hears of changes; it answers with each of `statuses` in turn, then with 200. */
async function listening(shape: 'cloud-events' | 'notifications', statuses: number[] = []) {
  const deliveries: Delivery[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      deliveries.push({ body, signature: req.headers['intuit-signature']?.toString() });
      res.statusCode = statuses.shift() ?? 200;
      res.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const t = await quickBooksForTest({
    companies: [aCompany(), aCompany({ realmId: '9130002', name: 'Other' })],
    webhooks: { url: `http://127.0.0.1:${port}`, verifier: 'verifier', shape },
  });
  close = async () => {
    await t.quickbooks.close();
    server.close();
  };
  return { t, deliveries };
}

test('changes are told, signed over the bytes of the delivery', async () => {
  const { t, deliveries } = await listening('cloud-events');
  for (const realmId of ['9130001', '9130002']) {
    const s = await t.session(realmId);
    const { Id } = (await s.post('/invoice', anInvoice())).body.Invoice;
    await s.post('/invoice?operation=void', { Id, SyncToken: '0' });
  }
  await t.quickbooks.told();
  for (const { body, signature } of deliveries)
    expect(signature).toBe(createHmac('sha256', 'verifier').update(body).digest('base64'));
  const events = deliveries.flatMap(({ body }) => JSON.parse(body) as { type: string; intuitaccountid: string }[]);
  expect(events.map(({ type, intuitaccountid }) => [type, intuitaccountid])).toEqual(
    expect.arrayContaining([
      ['qbo.invoice.created.v1', '9130001'],
      ['qbo.invoice.updated.v1', '9130001'],
      ['qbo.invoice.created.v1', '9130002'],
    ]),
  );
});

test('in the shape of before, and once more where nobody took them', async () => {
  const { t, deliveries } = await listening('notifications', [500]);
  const s = await t.session();
  await s.post('/invoice', anInvoice());
  await t.quickbooks.told();
  expect(deliveries).toHaveLength(2);
  expect(deliveries[0]?.body).toBe(deliveries[1]?.body);
  expect(JSON.parse(deliveries[0]?.body ?? '')).toMatchObject({
    eventNotifications: [
      { realmId: '9130001', dataChangeEvent: { entities: [{ name: 'Invoice', operation: 'Create' }] } },
    ],
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedIn, auditedRoutes } from '@legendops/kit/testing/audited-routes';
import { billingApp } from './app.ts';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { connectionStore } from './connection/store.ts';
import { PriceRules } from './price-rule/contract.ts';
import { clientId } from './testing/billing-world.ts';
import { aGivenUpNotice } from './testing/given-up-notice.ts';
import { postingWorld, type PostingWorld } from './testing/posting-world.ts';
import { waitingFabrikam } from './testing/waiting-fabrikam.ts';

let posting: PostingWorld;
beforeAll(async () => {
  posting = await postingWorld();
});
afterAll(() => posting.world.close());

const { routes, internalRoutes } = billingApp({ pax8: { url: '' }, stateKey: Buffer.alloc(32) } as never);
const written = async (act: string) =>
  (await auditedIn(posting.world.database.administrator)).filter((entry) => entry.act === act);
const approve = async (customer: string) => {
  const { id, contentHash } = await posting.invoiceOf(customer);
  return posting.call('POST', `invoices/${id}/approval`, { contentHash });
};
const ofTailspin = async (act: string, body?: (contentHash: string) => object) => {
  const { id, contentHash } = await posting.invoiceOf('Tailspin Toys');
  return posting.call('POST', `invoices/${id}/${act}`, body?.(contentHash));
};
const takeBack = async (customer: string) => {
  const { id } = await posting.invoiceOf(customer);
  return posting.call('POST', `invoices/${id}/taking-back`, { reason: 'Asked' });
};
const limitTo = (limitMinor: string | null) => posting.call('PUT', 'approval-limits', { currency: 'USD', limitMinor });
const approveFirst = async () => {
  await limitTo('0');
  await takeBack('Fabrikam');
  await approve('Fabrikam');
  await limitTo(null);
  await approve('Fabrikam');
};
const approveAll = async (customer: string) => {
  const { id, contentHash } = await posting.invoiceOf(customer);
  return posting.call('POST', 'invoice-approvals', { invoices: [{ id, contentHash }] });
};
const someRule = async () => {
  const rule = { kind: 'fixed', unitPrice: '3.5', currency: 'USD', productId: clientRule };
  return (await posting.call('POST', 'price-rules', rule)).body;
};
const clientRule = '0190f000-0000-7000-8000-0000000000aa';
const theirRule = async () => {
  const { data } = PriceRules.parse((await posting.call('GET', 'price-rules')).body);
  return data.find(({ productId }) => productId === clientRule);
};

const connectTeams = () =>
  posting.call('PUT', 'notice-settings/teams', { url: 'https://a.logic.azure.com/workflows?sig=teams-secret' });

const { waitFor, link, linkAfter, makeNew, chooseBooks, hereToo } = waitingFabrikam(() => posting);

/** Another invoice, which was posted: there as it was, or void in QuickBooks; gone again after the act. */
const ofPosted = async (state: 'there' | 'voided', act: (path: string) => Promise<unknown>) => {
  const [invoice] = await posting.world.rows<{ id: string }>(
    `insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
       content_hash, status, approved_by, approved_hash, approved_at, run_id)
     select tenant_id, customer_id, customer_name, '2024-01-01', '2024-02-01', currency, 100, 'x', 'posted', tenant_id, 'x', now(), run_id
     from billing.invoices where customer_name = 'Fabrikam' limit 1 returning id`,
  );
  const id = invoice?.id ?? '';
  await posting.world.rows(
    `with p as (insert into billing.postings (tenant_id, invoice_id, generation, request_id, doc_number, realm_id, state, remote_id)
       values ($1, $2, 1, 'x', 'LO900000L', $3, 'posted', '5000') returning *)
     insert into billing.book_entries (tenant_id, posting_id, invoice_id, state, doc_number, total_minor, tax_minor, sync_token, seen_at)
     select tenant_id, id, invoice_id, $4, doc_number, case when $4 = 'there' then 100 else 0 end, 0, 0, now() from p`,
    [posting.world.tenantId, id, posting.realmId, state],
  );
  await act(`invoices/${id}`);
  await posting.world.rows(`set session_replication_role = replica;
    delete from billing.voidings where invoice_id = '${id}'; delete from billing.book_entries where invoice_id = '${id}';
    delete from billing.postings where invoice_id = '${id}'; delete from billing.invoices where id = '${id}';
    set session_replication_role = origin`);
};
const turnOn = async () => {
  await posting.world.connectPax8();
  await posting.call('PUT', 'pax8-webhook');
};
const afterTurnedOn = async (path: string) => {
  await turnOn();
  await posting.call('DELETE', path);
};
const seenOf = async (path: string): Promise<string> =>
  (await posting.call('GET', `${path}/book-entry`)).body.drift.seen;

describe('billing writes down', () => {
  auditedRoutes(
    [...routes, ...internalRoutes],
    {
      'put /v1/connections/pax8: connection.made': () => posting.world.connectPax8(),
      'put /v1/pax8-webhook: pax8-webhook.turned-on': turnOn,
      'delete /v1/pax8-webhook: pax8-webhook.turned-off': () => afterTurnedOn('pax8-webhook'),
      'delete /v1/connections/{vendor}: pax8-webhook.turned-off': () => afterTurnedOn('connections/pax8'),
      'delete /v1/connections/{vendor}: connection.removed': () => posting.call('DELETE', 'connections/pax8'),
      'get /v1/connections/quickbooks/callback: connection.made': () => posting.world.connectQuickBooks(),
      'post /v1/exceptions/{exceptionId}/dismissal: exception.dismissed': async () => {
        const [exception] = await posting.world.rows<{ id: string }>(
          `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step)
           select tenant_id, id, 'x', 'x', 'Something odd', 'Look at it' from billing.runs limit 1 returning id`,
        );
        await posting.call('POST', `exceptions/${exception?.id}/dismissal`);
      },
      'post /v1/invoices/{invoiceId}/approval: invoice.approved': () => approve('Fabrikam'),
      'post /v1/invoices/{invoiceId}/approval: invoice.approved-first': approveFirst,
      'post /v1/invoice-approvals: invoice.approved': async () => {
        await takeBack('Fabrikam');
        await approveAll('Fabrikam');
      },
      'post /v1/invoice-approvals: invoice.approved-first': async () => {
        await limitTo('0');
        await takeBack('Fabrikam');
        await approveAll('Fabrikam');
        await limitTo(null);
        await approve('Fabrikam');
      },
      'put /v1/approval-limits: approval-limit.changed': async () => {
        await limitTo('5');
        await limitTo(null);
      },
      'put /v1/variance-thresholds: variance-threshold.changed': () =>
        posting.call('PUT', 'variance-thresholds', { currency: 'USD', amountMinor: '1000', percent: '2.5' }),
      'post /v1/invoices/{invoiceId}/edits: invoice.edited': () =>
        ofTailspin('edits', (contentHash) => ({
          act: 'add',
          contentHash,
          reason: 'Agreed',
          description: 'Visit',
          quantity: '1',
          unitPrice: '5',
        })),
      'post /v1/invoices/{invoiceId}/hold: invoice.held': () => ofTailspin('hold', () => ({ reason: 'Asked' })),
      'post /v1/invoices/{invoiceId}/release: invoice.released': async () => {
        await ofTailspin('hold', () => ({ reason: 'Asked' }));
        await ofTailspin('release');
      },
      'post /v1/invoices/{invoiceId}/rejection: invoice.rejected': async () => {
        await ofTailspin('rejection', (contentHash) => ({ contentHash, reason: 'Wrong', things: 'left' }));
        await takeBack('Tailspin Toys');
      },
      'post /v1/invoices/{invoiceId}/taking-back: invoice.taken-back': async () => {
        await takeBack('Fabrikam');
        await posting.post('Fabrikam');
      },
      'post /v1/invoices/{invoiceId}/posting: invoice.posting-requested': () => posting.post('Fabrikam'),
      'post /v1/periods/{period}/skip: period.skipped': async () => {
        await posting.world.rows("insert into billing.periods (tenant_id, period) values ($1, '2025-12-01')", [
          posting.world.tenantId,
        ]);
        await posting.call('POST', 'periods/2025-12-01/skip', { reason: 'Billed by hand' });
      },
      'post /v1/notices/{noticeId}/sending: notice.sent-again': async () =>
        posting.call('POST', `notices/${await aGivenUpNotice(posting.world)}/sending`),
      'put /v1/notice-settings/teams: teams-channel.connected': () => connectTeams(),
      'put /v1/notice-settings/teams/kinds: teams-channel.changed': async () => {
        await connectTeams();
        await posting.call('PUT', 'notice-settings/teams/kinds', { kinds: ['failure'] });
      },
      'delete /v1/notice-settings/teams: teams-channel.removed': async () => {
        await connectTeams();
        await posting.call('DELETE', 'notice-settings/teams');
      },
      'post /v1/shadow-runs: shadow-run.made': () => posting.call('POST', 'shadow-runs', { period: '2026-01-01' }),
      'post /v1/periods/{period}/run: period.run-requested': () => posting.call('POST', 'periods/2026-01-01/run'),
      'post /v1/invoices/{invoiceId}/settlement: invoice.settled-by-hand': async () => {
        await waitFor('invoice-unmarked');
        await posting.world.rows("update billing.postings set sent_at = now() where state = 'failed'");
        const { id } = await posting.invoiceOf('Fabrikam');
        await posting.call('POST', `invoices/${id}/settlement`, { outcome: 'not-in-quickbooks', evidence: 'Looked' });
        await posting.post('Fabrikam');
      },
      'post /v1/invoices/{invoiceId}/voiding: invoice.void-requested': () =>
        ofPosted('there', (path) => posting.call('POST', `${path}/voiding`, { reason: 'A mistake', billsAnew: false })),
      'post /v1/invoices/{invoiceId}/acceptance: invoice.books-accepted': () =>
        ofPosted('voided', async (path) => posting.call('POST', `${path}/acceptance`, { seen: await seenOf(path) })),
      'post /v1/invoices/{invoiceId}/posting-anew: invoice.posting-requested': () =>
        ofPosted('voided', async (path) => posting.call('POST', `${path}/posting-anew`, { seen: await seenOf(path) })),
      'put /v1/links: link.confirmed': () => link('customer', '7'),
      'put /v1/links: invoice.posting-requested': () => linkAfter('link-needed'),
      'put /v1/links/new-customer: link.confirmed': makeNew,
      'put /v1/links/new-customer: invoice.posting-requested': makeNew,
      'delete /v1/links/{linkId}: link.removed': async () => {
        const { id } = (await link('terms', '3')).body;
        await posting.world.api.call('DELETE', `/api/billing/v1/links/${id}`, {
          actor: { tenantId: posting.world.tenantId },
          headers: { 'if-match': '"v1"' },
        });
      },
      'put /v1/superops-choices: superops-choice.made': () => hereToo('2025-12-01'),
      'put /v1/superops-choices: invoice.posting-requested': async () => {
        await waitFor('superops-invoices-too');
        await hereToo(null);
      },
      'delete /v1/superops-choices/{choiceId}: superops-choice.removed': async () => {
        for (const { id } of (await posting.call('GET', 'superops-choices')).body.data)
          await posting.call('DELETE', `superops-choices/${id}`);
      },
      'put /v1/books: books.changed': chooseBooks,
      'put /v1/books: invoice.posting-requested': chooseBooks,
      'post /v1/price-rules: price-rule.created': someRule,
      'post /v1/price-rules/{priceRuleId}/end: price-rule.ended': async () => {
        const rule = await theirRule();
        await posting.world.api.call('POST', `/api/billing/v1/price-rules/${rule?.id}/end`, {
          actor: { tenantId: posting.world.tenantId },
          body: { validTo: '2030-01-01' },
          headers: { 'if-match': `"v${rule?.version}"` },
        });
      },
      'put /v1/proration: proration.changed': () =>
        posting.call('PUT', 'proration', { proration: 'thirty-actual', validFrom: '2030-01-01' }),
      'delete /v1/price-rules/{priceRuleId}: price-rule.removed': async () => {
        const rule = await theirRule();
        await posting.world.api.call('DELETE', `/api/billing/v1/price-rules/${rule?.id}`, {
          actor: { tenantId: posting.world.tenantId },
          headers: { 'if-match': `"v${rule?.version}"` },
        });
      },
      'post /v1/approved-postings: invoice.posting-requested': async () => {
        await approve('Tailspin Toys');
        await posting.world.run({
          name: 'reconcile',
          work: async ({ billing }) => ({ requested: await billing.postApproved() }),
        });
      },
    },
    () => ({
      administrator: posting.world.database.administrator,
      tenantId: posting.world.tenantId,
      secrets: ['"local"', 'refresh', 'access_token', 'teams-secret'],
    }),
  );

  it('an approval with its money, and who it was', async () => {
    expect((await written('invoice.approved'))[0]).toMatchObject({
      author: { kind: 'member', name: 'Ada', email: 'ada@northwind.example' },
      subject: { type: 'invoice', name: 'Fabrikam, 2026-01' },
      changes: [
        { field: 'status', before: 'draft', after: 'approved' },
        { field: 'total', before: null, after: expect.stringMatching(/^\d+\.\d\d USD$/) },
      ],
    });
  });

  it('a posting that a job asked for, and how QuickBooks answered', async () => {
    const requested = await written('invoice.posting-requested');
    const kinds = requested.map(({ author, subject }) => [author.kind, subject.name]);
    expect([kinds[0], kinds.at(-1)]).toEqual([
      ['member', 'Fabrikam, 2026-01'],
      ['job', 'Tailspin Toys, 2026-01'],
    ]);
    await posting.world.post();
    expect((await written('invoice.posted')).map(({ author }) => author)).toEqual([
      { kind: 'vendor', id: null, name: 'QuickBooks', email: null },
      { kind: 'vendor', id: null, name: 'QuickBooks', email: null },
    ]);
  });

  it('what a run drafted, from the row of the run: a tenant’s login cannot write it', async () => {
    expect(await written('invoices.drafted')).toMatchObject([
      {
        tenantId: posting.world.tenantId,
        author: { kind: 'job', name: 'invoice-run' },
        subject: { type: 'run' },
        changes: expect.arrayContaining([expect.objectContaining({ before: null })]),
      },
    ]);
  });

  it('a connection that the vendor no longer accepts, once', async () => {
    await posting.world.connectPax8();
    const before = (await written('connection.refused')).length;
    const pool = posting.world.database.pool('svc_billing');
    const store = connectionStore(serviceDatabase(pool));
    const refused = { vendor: 'pax8', account: clientId, failure: 'Pax8 no longer accepts these credentials' } as const;
    await store.needsReconnect({ tenantId: posting.world.tenantId }, refused);
    await store.needsReconnect({ tenantId: posting.world.tenantId }, refused);
    expect((await written('connection.refused')).slice(before)).toMatchObject([
      { author: { kind: 'vendor', name: 'Pax8' }, subject: { name: 'Pax8' } },
    ]);
  });

  it('nothing of what was refused', async () => {
    const count = async () => (await auditedIn(posting.world.database.administrator)).length;
    const before = await count();
    const { id } = await posting.invoiceOf('Fabrikam');
    expect((await posting.call('POST', `invoices/${id}/approval`, { contentHash: 'other' })).status).toBe(409);
    expect((await posting.call('POST', 'price-rules', { kind: 'markup', markupPercent: '25' })).status).toBe(409);
    expect((await posting.call('PUT', 'connections/pax8', { clientId, clientSecret: 'wrong' })).status).toBe(422);
    expect(await count()).toBe(before);
  });
});

import { randomUUID } from 'node:crypto';
import type { BillingWorld } from '../billing-world.ts';
import type { Random } from './random.ts';

/** A company at QuickBooks that loses answers, and the people who send what is approved. */
export interface Books {
  connect(): Promise<void>;
  /** Sends what is approved; the answer to some of it is lost. */
  post(): Promise<void>;
  /** Sends until nothing is under way, in good weather; then what is wrong between the ledger and the books. */
  settle(): Promise<string[]>;
  /** How many invoices are in the books, and how often one was in doubt. */
  counts(): { posted: number; lost: number };
}

let realms = 0;

const faults: object[] = [
  { dropConnection: 'after' },
  { dropConnection: 'before' },
  { status: 503, body: {}, committed: true },
  { status: 503, body: {} },
  { html: true, committed: true },
  { truncate: 20, committed: true },
];

/** As many rounds as any trouble takes that has ended. */
const mostRounds = 6;

export const booksOf = (world: BillingWorld, { tenantId, random }: { tenantId: string; random: Random }): Books => {
  const realmId = String(4_000_000_000_000_000 + (realms += 1));
  // Vendors forget a request some day, or do not show at once what they have written; both at once nobody can survive.
  const isForgetful = random.chance(0.5);
  let lost = 0;
  const { quickbooks } = world;
  const written = () => quickbooks.company(realmId)?.objects.Invoice ?? [];

  const ask = async (): Promise<void> => {
    const approved = await world.rows<{ id: string }>(
      "select id from billing.invoices where tenant_id = $1 and status in ('approved', 'failed') and total_minor > 0 order by period_start, customer_name",
      [tenantId],
    );
    for (const { id } of approved)
      await world.api.call('POST', `/api/billing/v1/invoices/${id}/posting`, {
        actor: { tenantId },
        headers: { 'idempotency-key': randomUUID() },
      });
  };
  const inDoubt = async (): Promise<number> =>
    (await world.rows("select from billing.postings where tenant_id = $1 and state = 'in-doubt'", [tenantId])).length;
  /** What a person, or time, does to an invoice whose answer we never had. */
  const meanwhile = (before: number): void => {
    const company = quickbooks.company(realmId);
    for (const invoice of written().slice(before)) if (random.chance(0.5)) invoice.DocNumber = `BY-HAND-${invoice.Id}`;
    if (company && isForgetful) company.remembered = {};
  };
  return {
    connect: async () => {
      quickbooks.putCompany({ realmId, name: `Books ${realmId}` });
      await world.connectQuickBooks(realmId, tenantId);
    },
    post: async () => {
      await ask();
      if (random.chance(0.6)) {
        const before = written().length;
        quickbooks.faults.add([
          { match: { method: 'POST', path: `${realmId}/invoice`, count: 1 }, fault: random.pick(faults) ?? {} },
        ]);
        await world.post();
        lost += await inDoubt();
        meanwhile(before);
        quickbooks.faults.clear();
        if (!isForgetful && random.chance(0.5))
          quickbooks.faults.add([
            { match: { method: 'GET', path: `${realmId}/query.*Invoice` }, fault: { status: 200, body: { QueryResponse: {} } } },
          ]);
      }
      await world.post();
      quickbooks.faults.clear();
    },
    settle: async () => {
      await ask();
      for (let round = 0; round < mostRounds; round += 1) await world.post();
      const ledger = await world.rows<{ id: string; state: string; total: string }>(
        `select distinct on (p.invoice_id) p.remote_id as id, p.state, i.total_minor::text as total from billing.postings p
         join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id where p.tenant_id = $1 order by p.invoice_id, p.generation desc`,
        [tenantId],
      );
      const posted = ledger.filter(({ state }) => state === 'posted');
      const inBooks = new Map(written().map(({ Id, TotalAmt }) => [Id, BigInt(Math.round(Number(TotalAmt) * 100))]));
      return [
        ...ledger
          .filter(({ state }) => state !== 'posted')
          .map(({ state, total }) => `a posting of ${total} is ${state} for good`),
        ...posted
          .filter(({ id, total }) => inBooks.get(id) !== BigInt(total))
          .map(({ id, total }) => `${total} is posted as ${id}, which has ${inBooks.get(id) ?? 'nothing'} in the books`),
        ...(inBooks.size === posted.length ? [] : [`${inBooks.size} invoices in the books, ${posted.length} were posted`]),
      ];
    },
    counts: () => ({ posted: written().length, lost }),
  };
};

import { randomUUID } from 'node:crypto';
import type { BillingWorld } from '../billing-world.ts';
import type { Random } from './random.ts';
import type { End, Fate, Process } from './scheduler.ts';
import { simulatedPoster } from './simulated-poster.ts';
import type { Mutant } from './watched-database.ts';

/** A company at QuickBooks that loses answers, and the posters that send what is approved and die while they do. */
export interface Books {
  connect(): Promise<void>;
  /** Sends what is approved; anything of it may be struck. */
  post(): Promise<void>;
  /** Sends until nothing is under way, in good weather. */
  settle(): Promise<void>;
  /** What is wrong between the ledger and the books. */
  violations(): Promise<string[]>;
  /** What was taken back, and is in the books all the same. */
  takenBack(): Promise<string[]>;
  /** How many documents are in the books, how many of them are credit memos, and how often one was in doubt. */
  counts(): { posted: number; memos: number; lost: number };
}

type Run = (processes: readonly Process[], meanwhile?: () => Promise<void>) => Promise<End[]>;

let realms = 0;

/** What a wire does to one call, beside what the scheduler does to the process that makes it. */
const faults: object[] = [
  { dropConnection: 'after' },
  { dropConnection: 'before' },
  { status: 503, body: {}, committed: true },
  { status: 503, body: {} },
  { html: true, committed: true },
  { truncate: 20, committed: true },
];

const fates: Fate['what'][] = ['killed-before', 'killed-after', 'refused', 'unheard'];

/** A poster has about so many operations. */
const mostOperations = 30;
/** As many rounds as any trouble takes that has ended. */
const mostRounds = 6;

export const booksOf = (
  world: BillingWorld,
  {
    tenantId,
    random,
    run,
    mutant,
    takeBack,
  }: {
    tenantId: string;
    random: Random;
    run: Run;
    mutant: Mutant | undefined;
    /** What a person does while a poster stands still. */
    takeBack: () => Promise<void>;
  },
): Books => {
  const realmId = String(4_000_000_000_000_000 + (realms += 1));
  // Vendors forget a request some day, or do not show at once what they have written; both at once nobody can survive.
  const isForgetful = random.chance(0.5);
  let lost = 0;
  const { quickbooks } = world;
  const listed = (kind: 'Invoice' | 'CreditMemo') => quickbooks.company(realmId)?.objects[kind] ?? [];
  const written = () => [...listed('Invoice'), ...listed('CreditMemo')];
  const work = simulatedPoster(world, tenantId, mutant);

  /** A person has looked at what paused it, and connects the books again. */
  const resume = async (): Promise<void> => {
    const paused = await world.rows(
      "select from billing.connections where tenant_id = $1 and vendor = 'quickbooks' and state <> 'connected'",
      [tenantId],
    );
    if (paused.length > 0) await world.connectQuickBooks(realmId, tenantId);
  };
  const ask = async (): Promise<void> => {
    const approved = await world.rows<{ id: string }>(
      "select id from billing.invoices where tenant_id = $1 and status in ('approved', 'failed') order by period_start, customer_name",
      [tenantId],
    );
    for (const { id } of approved)
      await world.api.call('POST', `/api/billing/v1/invoices/${id}/posting`, {
        actor: { tenantId },
        headers: { 'idempotency-key': randomUUID() },
      });
  };
  /** So much time goes by that all is tried again, whoever had taken it. */
  const wait = (): Promise<unknown> =>
    world.rows(
      "update billing.postings set next_attempt_at = now(), claimed_until = null where tenant_id = $1 and state in ('posting', 'in-doubt')",
      [tenantId],
    );
  const poster = (fate?: Fate): Process => ({ name: 'poster', work, fate });
  const round = async (processes: readonly Process[], meanwhile?: () => Promise<void>): Promise<void> => {
    await wait();
    await run(processes, meanwhile);
  };
  const onWire = (
    fault: object,
    match: object = { method: 'POST', path: `${realmId}/(invoice|creditmemo)`, count: 1 },
  ): void => {
    quickbooks.faults.add([{ match, fault }]);
  };
  const inDoubt = async (): Promise<number> =>
    (await world.rows("select from billing.postings where tenant_id = $1 and state = 'in-doubt'", [tenantId])).length;
  /** What a person, or time, does to an invoice whose answer we never had. */
  const meanwhile = (before: ReadonlySet<object>): void => {
    const company = quickbooks.company(realmId);
    if (!company || !isForgetful) return;
    for (const one of written().filter((document) => !before.has(document)))
      if (random.chance(0.5)) one.DocNumber = `BY-HAND-${one.Id}`;
    // Whose item something is, its request alone says: that one is not forgotten.
    for (const [key, { body }] of Object.entries(company.remembered))
      if (/"(Invoice|CreditMemo)"/.test(JSON.stringify(body))) delete company.remembered[key];
  };
  const struck = async (): Promise<void> => {
    const before = new Set<object>(written());
    if (!isForgetful && random.chance(0.15)) {
      // One stands still, another one takes its work over, and then the first goes on.
      const stopped: Fate = { at: 1 + random.below(mostOperations), what: 'stopped' };
      await round([poster(stopped)], random.chance(0.5) ? takeBack : () => round([poster()]));
      return;
    }
    if (random.chance(0.5)) onWire(random.pick(faults) ?? {});
    const what = random.pick(fates) ?? 'unheard';
    await round([poster(random.chance(0.7) ? { at: 1 + random.below(mostOperations), what } : undefined)]);
    lost += await inDoubt();
    quickbooks.faults.clear();
    meanwhile(before);
    if (!isForgetful && random.chance(0.5))
      onWire(
        { status: 200, body: { QueryResponse: {} } },
        { method: 'GET', path: `${realmId}/query.*(Invoice|CreditMemo)` },
      );
  };
  return {
    connect: async () => {
      quickbooks.putCompany({ realmId, name: `Books ${realmId}` });
      await world.connectQuickBooks(realmId, tenantId);
    },
    post: async () => {
      if (random.chance(0.5)) await resume();
      await ask();
      if (random.chance(0.7)) await struck();
      await round([poster()]);
      quickbooks.faults.clear();
    },
    settle: async () => {
      for (let again = 0; again < mostRounds; again += 1) {
        await resume();
        await ask();
        await round([poster()]);
      }
    },
    violations: async () => {
      const ledger = await world.rows<{
        id: string;
        state: string;
        code: string | null;
        total: string;
        is_back: boolean;
      }>(
        `select distinct on (p.invoice_id) i.kind || ' ' || p.remote_id as id, p.state, p.code, i.total_minor::text as total,
           i.status in ('draft', 'rejected', 'settled') as is_back from billing.postings p
         join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id where p.tenant_id = $1 order by p.invoice_id, p.generation desc`,
        [tenantId],
      );
      const posted = ledger.filter(({ state }) => state === 'posted');
      const cents = (amount: unknown): bigint => BigInt(Math.round(Number(amount) * 100));
      const inBooks = new Map<string, bigint>([
        ...listed('Invoice').map(({ Id, TotalAmt }) => [`invoice ${Id}`, cents(TotalAmt)] as const),
        ...listed('CreditMemo').map(({ Id, TotalAmt }) => [`credit-memo ${Id}`, -cents(TotalAmt)] as const),
      ]);
      return [
        ...ledger
          .filter(({ state, is_back: isBack }) => state !== 'posted' && !(isBack && state === 'failed'))
          .map(({ state, code, total }) => `I12 a posting of ${total} is ${state} for good (${code})`),
        ...posted
          .filter(({ id, total }) => inBooks.get(id) !== BigInt(total))
          .map(
            ({ id, total }) => `I3 ${total} is posted as ${id}, which has ${inBooks.get(id) ?? 'nothing'} in the books`,
          ),
        ...(inBooks.size === posted.length
          ? []
          : [`I5 ${inBooks.size} documents in the books, ${posted.length} were posted`]),
      ];
    },
    takenBack: async () => {
      const numbers = new Set(written().map(({ DocNumber }) => DocNumber));
      const back = await world.rows<{ number: string }>(
        `select p.doc_number as number from billing.postings p where p.tenant_id = $1 and p.code = 'taken-back'
           and not exists (select from billing.postings o where o.tenant_id = p.tenant_id and o.invoice_id = p.invoice_id
             and o.generation > p.generation)`,
        [tenantId],
      );
      return back
        .filter(({ number }) => numbers.has(number))
        .map(({ number }) => `I5 ${number} was taken back, and was sent`);
    },
    counts: () => ({ posted: written().length, memos: listed('CreditMemo').length, lost }),
  };
};

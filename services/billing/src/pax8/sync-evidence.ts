import { inLanes } from '@legendops/kit/jobs/in-lanes';
import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { addDays } from '../rating/period.ts';
import { priceRows, snapshotRows, type EvidenceRow } from './evidence-rows.ts';
import {
  changedSubscriptions,
  dueSubjects,
  endOtherSubjects,
  rememberEvidence,
  replaceEvidence,
  type EvidenceKind,
} from './evidence-store.ts';
import type { Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import { idsOfHeld, type HeldRecord, type ReadList } from './readable.ts';
import { syncInvoices } from './sync-invoices.ts';
import { unreadableEvidence, unreadEvidence, type EvidenceFound } from './tell-evidence.ts';

// As with usage: so many calls at once reach the pace of the client.
const atOnce = 8;
// What is read of each company or subscription is spread over nights: 2,000 calls are two minutes at Pax8's limit.
const mostANight = 2_000;
const contactsEveryDays = 7;

/** What the evidence is read by: what the sync has just mirrored. */
export interface Mirrored {
  companyIds: readonly string[];
  productIds: readonly string[];
  today: string;
}

interface Lists {
  kind: EvidenceKind;
  subjects: readonly string[];
  today: string;
  read: (subject: string) => Promise<{ rows: EvidenceRow[]; held: HeldRecord[]; isNamed: boolean }>;
}

/** Reads the lists of these subjects; each is written by itself, so that a sync which stops goes on after it. */
const syncLists = async (
  { run, scope }: JobContext,
  { kind, subjects, today, read }: Lists,
  found: EvidenceFound,
): Promise<void> => {
  await inLanes([...subjects], atOnce, async (subject) => {
    const { rows, held, isNamed } = await read(subject).catch((error: unknown) => {
      // Of what Pax8 has no more there is nothing.
      if (error instanceof Pax8Error && error.kind === 'not-found') return { rows: [], held: [], isNamed: true };
      throw error;
    });
    // Names that are counted name others where one of the list is left out.
    const stay = isNamed || held.length === 0 ? idsOfHeld(held) : undefined;
    found.held.push(...held.map((one) => ({ ...one, id: [subject, one.id].filter(Boolean).join(' ') })));
    if (!isNamed && held.length > 0) return;
    found.changed += await run.write(async (transaction) => {
      const changed = await replaceEvidence(transaction, scope, { kind, subject, rows, held: stay, today });
      if (held.length === 0) await rememberEvidence(transaction, scope, { kind, subject, today });
      return changed;
    });
  });
};

const asRows = <Item extends { id: string }>({ items, held }: ReadList<Item>) => ({
  rows: items.map((body) => ({ id: body.id, body })),
  held,
  isNamed: true,
});

/** What Pax8 says of orders, contacts, prices, former states of subscriptions and its own invoices. */
const parts = (
  context: JobContext,
  client: Pax8Client,
  { companyIds, productIds, today }: Mirrored,
  found: EvidenceFound,
): [what: string, read: () => Promise<void>][] => {
  const { run } = context;
  const due = (kind: EvidenceKind, subjects: readonly string[], since: string) =>
    run.write((transaction) => dueSubjects(transaction, { kind, subjects, since, most: mostANight }));
  return [
    ['invoices', () => syncInvoices(context, client, { today }, found)],
    [
      'orders',
      () =>
        syncLists(
          context,
          { kind: 'order', subjects: [''], today, read: async () => asRows(await client.orders()) },
          found,
        ),
    ],
    [
      'contacts',
      async () => {
        await run.write((transaction) =>
          endOtherSubjects(transaction, { kind: 'contact', subjects: companyIds, today }),
        );
        const subjects = await due('contact', companyIds, addDays(today, 1 - contactsEveryDays));
        const read = async (id: string) => asRows(await client.contacts(id));
        await syncLists(context, { kind: 'contact', subjects, today, read }, found);
      },
    ],
    [
      'prices',
      async () => {
        const subjects = await due('price', productIds, today);
        const read = async (id: string) => {
          const { items, held } = await client.prices(id);
          return { rows: priceRows(items), held, isNamed: false };
        };
        await syncLists(context, { kind: 'price', subjects, today, read }, found);
      },
    ],
    [
      'histories of subscriptions',
      async () => {
        const subjects = await run.write((transaction) => changedSubscriptions(transaction, mostANight));
        const read = async (id: string) => {
          const { items, held } = await client.history(id);
          return { rows: snapshotRows(items), held, isNamed: false };
        };
        await syncLists(context, { kind: 'history', subjects, today, read }, found);
      },
    ],
  ];
};

/**
 * Brings what bills are compared with up to date. Nothing is billed by it: a list that cannot be read is told and keeps
 * neither the others back nor the usage, which is read before.
 */
export const syncEvidence = async (
  context: JobContext,
  client: Pax8Client,
  mirrored: Mirrored,
): Promise<{ evidence: number }> => {
  const { run, scope, progress } = context;
  const found: EvidenceFound = { held: [], exceptions: [], changed: 0 };
  for (const [what, read] of parts(context, client, mirrored, found)) {
    const before = found.changed;
    try {
      await read();
      progress(`${what}: ${found.changed - before} changed`);
    } catch (error) {
      if (!(error instanceof Pax8Error)) throw error;
      found.exceptions.push(unreadEvidence(what, error.message));
    }
  }
  await run.write((transaction) =>
    recordExceptions(transaction, scope, {
      exceptions: [...found.held.map(unreadableEvidence), ...found.exceptions],
      codes: codesOpenedBy('evidence'),
      period: null,
      runId: run.id,
    }),
  );
  return { evidence: found.changed };
};

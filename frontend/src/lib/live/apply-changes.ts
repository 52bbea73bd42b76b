import type { Changes, Topic } from '@legendops/billing/contract';
import { dropRow, heldRow, putRow, refresh } from '../cache.ts';
import { ApiProblem } from '../problem.ts';
import { connectionsPath } from '../queries/connections.ts';
import { bookEntriesKey, bookEntryOf } from '../queries/book-entries.ts';
import { customersPath } from '../queries/customers.ts';
import { invoiceById, invoicesPath } from '../queries/invoices.ts';
import { periodsPath } from '../queries/periods.ts';
import { booksPath, linksPath } from '../queries/links.ts';
import { priceRulesPath } from '../queries/price-rules.ts';
import { productsPath } from '../queries/products.ts';
import { reconciliationsPath } from '../queries/reconciliation.ts';
import { exceptionsPath, runsPath } from '../queries/runs.ts';
import { evidenceKey, subscriptionsPath, usagePath } from '../queries/usage.ts';
import { worklistPath } from '../queries/worklist.ts';
import { queryClient } from '../query-client.ts';

type ChangedRow = NonNullable<Changes['changed'][number]['rows']>[number];

/** What each topic is read at. */
export const pathsOf: Record<Topic, readonly string[]> = {
  invoices: [invoicesPath, bookEntriesKey],
  runs: [runsPath, periodsPath, reconciliationsPath],
  usage: [usagePath, subscriptionsPath, productsPath, evidenceKey],
  exceptions: [exceptionsPath],
  connections: [connectionsPath],
  'price-rules': [priceRulesPath],
  customers: [customersPath],
  links: [linksPath, booksPath],
};

export const topics = Object.keys(pathsOf) as Topic[];

const heldVersion = (path: string, id: string): number => {
  const one = queryClient.getQueryData<{ version?: number }>([path, id]);
  return Math.max(one?.version ?? 0, Number(heldRow(path, id)?.['version'] ?? 0));
};

/** An act of this very page comes back as a change: the screen has it already. */
const isKnown = (path: string, { id, version }: ChangedRow): boolean =>
  version !== null && heldVersion(path, id) >= version;

// One of many rows is read alone: the pages that were loaded stay.
const readInvoice = async ({ id }: ChangedRow): Promise<void> => {
  try {
    putRow(invoicesPath, await queryClient.fetchQuery({ ...invoiceById(id), staleTime: 0 }));
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 404)) throw error;
    dropRow(invoicesPath, id);
  }
};

const nobodyReads = (path: string): boolean => queryClient.getQueriesData({ queryKey: [path] }).length === 0;

// The worklist counts all of it, also what this page has itself just changed.
const isOnWorklist = (topic: Topic): boolean => topic !== 'usage';

const applyTopic = async ({ topic, rows }: Changes['changed'][number]): Promise<void> => {
  const [path = ''] = pathsOf[topic];
  const unknown = rows?.filter((row) => !isKnown(path, row)) ?? null;
  if (unknown?.length === 0 && rows?.length !== 0) return;
  if (topic === 'invoices' && unknown !== null) {
    if (nobodyReads(path)) return;
    const ids = new Map(unknown.map((row) => [row.id, row]));
    for (const row of ids.values()) {
      await readInvoice(row);
      await queryClient.invalidateQueries({ queryKey: bookEntryOf(row.id).queryKey });
    }
    return;
  }
  await Promise.all(pathsOf[topic].map((each) => refresh(each)));
};

/** Brings what was read up to date with what others changed. */
export const applyChanges = async (changed: Changes['changed']): Promise<void> => {
  for (const change of changed) await applyTopic(change);
  if (changed.some(({ topic }) => isOnWorklist(topic))) await refresh(worklistPath);
};

import { sql } from '@legendops/kit/db/sql';
import type { JobContext } from '../job/run-job.ts';
import { askAs } from './ask-as.ts';
import { Messages, mostTickets, type Account } from './job-api.ts';
import { keepRead, keepRows, resolveHeldOf } from './keep-rows.ts';
import { readMessages } from './read-row.ts';

interface UnreadTicket {
  id: string;
  learned_at: string;
}

/** One request each: a run that finds more leaves the oldest to the next one. */
const mostInARun = 2_000;

/** Tickets that are others than when their conversation was read, the newest first. */
const unread = (passed: readonly string[]) => sql<UnreadTicket>`
  select id, learned_at::text from portal.superops_objects
  where kind = 'ticket' and gone_at is null and messages_of is distinct from learned_at and id <> all (${passed})
  order by changed_at desc nulls last, id limit ${mostTickets}`;

/** The conversations of the tickets that have changed. */
export const syncMessages = async (
  context: JobContext,
  account: Account,
): Promise<{ changed: number; held: number }> => {
  const { scope, database, run, now } = context;
  const ask = askAs(context, account);
  const counts = { changed: 0, held: 0 };
  const passed: string[] = [];
  while (passed.length < mostInARun) {
    const tickets = await database.read(scope, unread(passed));
    if (tickets.length === 0) break;
    const { data } = await ask('superops-messages', { ticketIds: tickets.map(({ id }) => id) }, Messages);
    await run.write(async (transaction) => {
      for (const { ticketId, messages } of data) {
        // It was deleted since it was listed: the next whole reading says so.
        const read = readMessages(ticketId, messages ?? []);
        await resolveHeldOf(transaction, ticketId);
        counts.changed += await keepRows(transaction, { scope, account }, 'message', read);
        counts.held += read.held.length;
        const learnedAt = tickets.find(({ id }) => id === ticketId)?.learned_at ?? null;
        await transaction.change(sql`
          update portal.superops_objects set messages_of = ${learnedAt}::timestamptz where kind = 'ticket' and id = ${ticketId}`);
      }
    });
    passed.push(...tickets.map(({ id }) => id));
  }
  await run.write((transaction) =>
    keepRead(transaction, { scope, account }, 'message', { changesTo: null, isWhole: false, now: now() }),
  );
  return counts;
};

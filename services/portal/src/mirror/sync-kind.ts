import { sql } from '@legendops/kit/db/sql';
import type { JobContext } from '../job/run-job.ts';
import { mirrored, type MirroredKindName } from '../superops/mirrored.ts';
import { askAs } from './ask-as.ts';
import { Page, type Account } from './job-api.ts';
import { keepRead, keepRows, markGone, resolveHeld } from './keep-rows.ts';
import { readPage } from './read-row.ts';

export interface Synced {
  changed: number;
  gone: number;
  held: number;
}

interface LastRead {
  changes_to: string | null;
  whole_at: string | null;
  read_at: string;
  /** It was read by a run that has not come to its end: the next one does not begin anew. */
  is_of_this_round: boolean;
}

// 1,000,000 rows: a list without an end is no list.
const mostPages = 10_000;
/**
 * What changed within a day before is asked for again. SuperOps dates a change by the clock of whichever machine took it, which may
 * be hours behind the one that dated the newest. What is dated earlier still is seen when the list is read whole.
 */
const overlapMs = 24 * 3_600_000;
const wholeEveryMs = 20 * 3_600_000;
/** A kind that another run of the same hour has read is left to it. */
const roundMs = 30 * 60_000;

const lastReadOf = (kind: MirroredKindName, now: Date) => sql<LastRead>`
  select changes_to, whole_at, read_at,
    read_at between ${new Date(now.getTime() - roundMs).toISOString()}::timestamptz and ${now.toISOString()}::timestamptz
      and read_at > coalesce((select max(finished_at) from portal.runs where state = 'done'), '-infinity') as is_of_this_round
  from portal.superops_reads where kind = ${kind}`;

/** As SuperOps writes a time. */
const vendorTime = (at: number): string => new Date(at).toISOString().slice(0, 19);

/** What changed up to when: as SuperOps says, but never later than now, or nothing would be a change until then. */
const latest = (times: readonly (string | null)[], now: Date): string | null => {
  const known = times.flatMap((time) => (time === null ? [] : [Math.min(Date.parse(time), now.getTime())]));
  return known.length === 0 ? null : new Date(known.reduce((one, other) => Math.max(one, other))).toISOString();
};

/** A time to come was written while our own clock was ahead, and says nothing. */
const isWholeDue = ({ whole_at: at }: LastRead, now: Date): boolean => {
  const sinceMs = at === null ? Infinity : now.getTime() - Date.parse(at);
  return sinceMs < 0 || sinceMs > wholeEveryMs;
};

interface Listed {
  changed: number;
  seen: Set<string>;
  held: string[];
  changesTo: string | null;
}

/** Reads a list to its end, and keeps it page by page. */
const readList = async (
  context: JobContext,
  account: Account,
  { kind, changedAfter }: { kind: MirroredKindName; changedAfter: string | undefined },
): Promise<Listed> => {
  const listed: Listed = { changed: 0, seen: new Set(), held: [], changesTo: null };
  const ask = askAs(context, account);
  for (let page = 1; page <= mostPages; page += 1) {
    const { rows, hasMore } = await ask('superops-pages', { kind, page, changedAfter }, Page);
    const read = readPage(kind, page, rows);
    listed.changed += await context.run.write((transaction) =>
      keepRows(transaction, { scope: context.scope, account }, kind, read),
    );
    for (const { id } of read.objects) listed.seen.add(id);
    listed.held.push(...read.held.map(({ subject }) => subject));
    listed.changesTo = latest([listed.changesTo, ...read.objects.map((row) => row.changed_at)], context.now());
    if (!hasMore) return listed;
  }
  throw new Error(`SuperOps's list of ${kind} has no end`);
};

/**
 * What we have and a whole list did not show. A list has no snapshot: an object may have left the page before it was read, so
 * what is missing is looked for in a second reading.
 */
const findGone = async (
  context: JobContext,
  account: Account,
  kind: MirroredKindName,
  listed: Listed,
): Promise<string[]> => {
  const known = await context.database.read(
    context.scope,
    sql<{ id: string }>`select id from portal.superops_objects where kind = ${kind} and gone_at is null order by id`,
  );
  // A record that is held is there; one without an id may be any.
  const isUncertain = ({ held }: Listed) => held.some((subject) => subject.startsWith('page '));
  if (isUncertain(listed)) return [];
  const isThere = (of: Listed) => (id: string) => of.seen.has(id) || of.held.includes(id);
  const missing = known.map(({ id }) => id).filter((id) => !isThere(listed)(id));
  if (missing.length === 0) return [];
  const again = await readList(context, account, { kind, changedAfter: undefined });
  // What could not be read this time is held until the next whole reading.
  listed.held.push(...again.held);
  return isUncertain(again) ? [] : missing.filter((id) => !isThere(again)(id));
};

export const syncKind = async (context: JobContext, account: Account, kind: MirroredKindName): Promise<Synced> => {
  const now = context.now();
  const [last] = await context.database.read(context.scope, lastReadOf(kind, now));
  if (last?.is_of_this_round) return { changed: 0, gone: 0, held: 0 };
  const followed = mirrored[kind].isFollowed && last && !isWholeDue(last, now) ? last.changes_to : null;
  const isWhole = followed === null;
  const changedAfter = isWhole ? undefined : vendorTime(Date.parse(followed) - overlapMs);
  const listed = await readList(context, account, { kind, changedAfter });
  const gone = isWhole ? await findGone(context, account, kind, listed) : [];
  await context.run.write(async (transaction) => {
    await markGone(transaction, kind, gone);
    if (isWhole) await resolveHeld(transaction, kind, listed.held);
    await keepRead(transaction, { scope: context.scope, account }, kind, { changesTo: listed.changesTo, isWhole, now });
  });
  context.progress(`${kind}: ${listed.changed} changed, ${gone.length} gone, ${listed.held.length} held`);
  return { changed: listed.changed, gone: gone.length, held: listed.held.length };
};

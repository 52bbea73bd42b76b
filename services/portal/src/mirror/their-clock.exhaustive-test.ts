import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mirrorWorld, type Asked, type MirrorWorld } from '../testing/mirror-world.ts';

// SuperOps dates what has changed by its own clock, which may be hours off, and is set right or wrong at any time.

const hourMs = 3_600_000;
const start = Date.parse('2026-11-22T06:00:00Z');

let world: MirrorWorld;
beforeAll(async () => {
  world = await mirrorWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.theirClock.at = undefined;
  await world.begin();
});

const tickets = () => world.superops.account('northwind')?.tickets ?? [];
const setClock = (hour: number, off: number) => {
  world.theirClock.at = new Date(start + (hour + off) * hourMs);
};
const run = (hour: number, options: Parameters<MirrorWorld['sync']>[0] = {}) =>
  world.sync({ at: new Date(start + hour * hourMs).toISOString(), ...options });
const reply = (content: string) =>
  world.superops.byHand('northwind', { act: 'reply', ticketId: String(tickets()[0]?.ticketId), content });
const said = async () =>
  (
    await world.rows<{ content: string }>(
      `select body->>'content' as content from portal.superops_objects
       where kind = 'message' and body->>'content' like 'hour %' order by content`,
    )
  ).map(({ content }) => content);
/** Each hour a customer writes half an hour before the run, by a clock that is as wrong as is said for that hour. */
const missedBy = async (off: readonly number[]): Promise<string[]> => {
  await run(0);
  const missed: string[] = [];
  for (const [index, wrong] of off.entries()) {
    const content = `hour ${String(index + 1).padStart(2, '0')}`;
    setClock(index + 0.5, wrong);
    reply(content);
    await run(index + 1);
    if (!(await said()).includes(content)) missed.push(`${content}, ${wrong} off`);
  }
  return missed;
};
const hours = (count: number, of: (hour: number) => number) => Array.from({ length: count }, (_, hour) => of(hour));

describe('what changes in SuperOps is seen by the next run', () => {
  it.each([-23, 5])('while its clock is %d hours off', async (off) => {
    expect(await missedBy(hours(4, () => off))).toEqual([]);
  });

  it.each([
    ['falls behind', (hour: number) => (hour < 2 ? 0 : -5)],
    ['is set right that was ahead', (hour: number) => (hour < 2 ? 5 : 0)],
    ['is one of two, of which one is behind', (hour: number) => (hour % 2 === 0 ? 0 : -3)],
  ])('when a clock %s', async (_what, of) => {
    expect(await missedBy(hours(4, of))).toEqual([]);
  });

  it('at the latest a day later, however far its clock went back', async () => {
    expect(await missedBy([0, -72])).toHaveLength(1);
    await run(24);
    expect(await said()).toEqual(['hour 01', 'hour 02']);
  });

  it('also after our own clock was days ahead, and something there is dated in the future', async () => {
    Object.assign(tickets()[1] ?? {}, { updatedTime: '2031-01-01T00:00:00' });
    await run(0);
    await run(24 * 40);
    const lists: string[] = [];
    const before = ({ kind, changedAfter }: Asked) =>
      void (kind === 'ticket' && lists.push(changedAfter ?? 'from the first on'));
    setClock(1.5, 0);
    reply('hour 01');
    await run(2, { before });
    setClock(2.5, 0);
    reply('hour 02');
    await run(3, { before });
    expect(await said()).toEqual(['hour 01', 'hour 02']);
    expect(lists).toEqual(['from the first on', '2026-11-21T08:00:00']);
  });
});

it.each([-5, 5])('what has been read is not written again, nor asked for since ever, %d hours off', async (off) => {
  await missedBy(hours(3, () => off));
  const asked: (string | undefined)[] = [];
  const conversations: unknown[] = [];
  const before = ({ path, kind, changedAfter }: Asked) => {
    if (path === 'superops-messages') conversations.push(path);
    if (kind === 'ticket') asked.push(changedAfter);
  };
  for (const hour of [4, 5, 9]) expect(await run(hour, { before })).toMatchObject({ ticket: 0, message: 0, gone: 0 });
  expect(conversations).toEqual([]);
  // A day before the newest change, by a clock that is off, or before the run that has seen it: no earlier, and never to come.
  const newest = start + Math.min(2.5 + off, 3) * hourMs;
  for (const since of asked) {
    expect(Date.parse(`${since}Z`)).toBeGreaterThanOrEqual(newest - 24 * hourMs);
    expect(Date.parse(`${since}Z`)).toBeLessThanOrEqual(start + 9 * hourMs - 24 * hourMs);
  }
});

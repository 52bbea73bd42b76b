import { expect, test } from 'vitest';
import { ToldEvents, type Told } from './told-events.ts';

const keptMs = 1_000;
const told = (uid: string, at: number): Told => ({
  uid,
  key: { name: `${uid}.${at}`, namespace: 'default' },
  count: 1,
  at,
});

test('the same again counts up, and is kept from then on', () => {
  const events = new ToldEvents(keptMs);
  events.add('a', told('u', 0));
  events.add('b', told('u', 500));
  expect(events.again('a', 900)).toMatchObject({ count: 2, at: 900 });
  expect(events.again('b', 1_600)).toBeUndefined();
  expect(events.again('a', 1_600)).toMatchObject({ count: 3 });
});

test('of an object those are counted that are kept, one that was made anew once', () => {
  const events = new ToldEvents(keptMs);
  events.add('a', told('u', 0));
  events.add('b', told('u', 500));
  events.add('b', told('u', 600));
  events.add('c', told('v', 600));
  expect([events.countOf('u'), events.countOf('v'), events.countOf('w')]).toEqual([2, 1, 0]);
  events.again('c', 1_200);
  expect([events.countOf('u'), events.countOf('v')]).toEqual([1, 1]);
  events.again('c', 9_000);
  expect([events.countOf('u'), events.countOf('v')]).toEqual([0, 0]);
});

test('only what is too old is looked at, however much is kept', () => {
  const events = new ToldEvents(keptMs);
  let looks = 0;
  for (let index = 0; index < 5_000; index += 1) {
    const entry = told(`u${index}`, 0);
    Object.defineProperty(entry, 'at', {
      get: () => {
        looks += 1;
        return 0;
      },
    });
    events.add(String(index), entry);
  }
  events.again('none', 10);
  expect(looks).toBe(1);
});

test('an id tells apart what differs in one part', () => {
  const ids = [
    ['u', 'a', 'b'],
    ['u', 'ab', ''],
    [undefined, 'a', 'b'],
    ['u', 'b', 'a'],
  ].map((parts) => ToldEvents.idOf(...parts));
  expect(new Set(ids).size).toBe(ids.length);
});

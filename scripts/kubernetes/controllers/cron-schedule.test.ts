import { describe, expect, it } from 'vitest';
import { readCronExpression } from '../kinds/cron-expression.ts';
import { cronSchedule } from './cron-schedule.ts';

const startsOf = (schedule: string, timeZone: string, from: string, count: number): string[] => {
  const { next } = cronSchedule(schedule, timeZone);
  const starts: string[] = [];
  let at = new Date(from);
  while (starts.length < count) {
    const found = next(at);
    if (!found) break;
    starts.push(found.toISOString().slice(0, 16));
    at = found;
  }
  return starts;
};

describe('an hour that the clock skips or shows twice', () => {
  it.each([
    ['17 2 * * *', 'America/New_York', '2027-03-13T12:00Z', ['2027-03-15T06:17', '2027-03-16T06:17']],
    [
      '30 1 * * *',
      'America/New_York',
      '2027-11-07T00:00Z',
      ['2027-11-07T05:30', '2027-11-07T06:30', '2027-11-08T06:30'],
    ],
    ['17 1 * * *', 'Europe/London', '2027-03-27T12:00Z', ['2027-03-29T00:17']],
    ['17 2 * * *', 'Australia/Lord_Howe', '2027-10-02T00:00Z', ['2027-10-03T15:17']],
    ['45 4 * * *', 'Asia/Kathmandu', '2027-01-01T00:00Z', ['2027-01-01T23:00']],
    ['30 2 8 * *', 'America/New_York', '2026-03-01T00:00Z', ['2026-04-08T06:30']],
  ])('%s in %s starts after %s at %j', (schedule, timeZone, from, expected) => {
    expect(startsOf(schedule, timeZone, from, expected.length)).toEqual(expected);
  });
});

describe('the days of a schedule', () => {
  it.each([
    ['0 6 31 * *', '2027-01-31T07:00Z', ['2027-03-31T06:00', '2027-05-31T06:00']],
    ['0 6 13 * fri', '2027-08-01T00:00Z', ['2027-08-06T06:00', '2027-08-13T06:00', '2027-08-20T06:00']],
    ['0 6 */2 * 5', '2027-08-01T07:00Z', ['2027-08-03T06:00', '2027-08-05T06:00', '2027-08-06T06:00']],
    ['0 6 ? JAN-mar/2 *', '2027-01-31T07:00Z', ['2027-03-01T06:00']],
    ['10/20 * 1 1 *', '2027-01-01T00:00Z', ['2027-01-01T00:10', '2027-01-01T00:30', '2027-01-01T00:50']],
    ['@monthly', '2027-01-01T00:00Z', ['2027-02-01T00:00', '2027-03-01T00:00']],
    ['@every 1h30m', '2027-01-01T00:00Z', ['2027-01-01T01:30', '2027-01-01T03:00']],
    ['0 6 30 2 *', '2027-01-01T00:00Z', []],
  ])('%s starts after %s at %j', (schedule, from, expected) => {
    expect(startsOf(schedule, 'UTC', from, Math.max(1, expected.length))).toEqual(expected);
  });

  it('are found backwards as well', () => {
    const { last } = cronSchedule('30 1 * * *', 'America/New_York');
    expect(last(new Date('2027-11-07T06:29:59Z'))?.toISOString()).toBe('2027-11-07T05:30:00.000Z');
    expect(last(new Date('2027-11-07T06:30:00Z'))?.toISOString()).toBe('2027-11-07T06:30:00.000Z');
  });
});

it.each([
  ['0 4 * * 7', 'end of range (7) above maximum (6): 7'],
  ['0 4 L * *', 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax'],
  ['0 4 * *', 'expected exactly 5 fields, found 4: [0 4 * *]'],
  ['0 24 * * *', 'end of range (24) above maximum (23): 24'],
  ['0 4 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['5-1 4 * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['*/0 4 * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 4 * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 4 * * *', 'too many slashes: 1/2/3'],
  ['-1 4 * * *', 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
  ['@sometimes', 'unrecognized descriptor: @sometimes'],
  ['@every x', 'failed to parse duration @every x: time: invalid duration "x"'],
])('%s is refused: %s', (schedule, message) => {
  expect(() => readCronExpression(schedule)).toThrow(message);
});

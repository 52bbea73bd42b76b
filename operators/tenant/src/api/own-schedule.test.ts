import { expect, test } from 'vitest';
import { jobNames } from './jobs.ts';
import { ownSchedule } from './own-schedule.ts';

const idOf = (index: number): string => `01980000-0000-7000-8000-${String(index).padStart(12, '0')}`;

test('a tenant has one minute for a job, whenever it is asked', () => {
  expect(jobNames.map((job) => ownSchedule(idOf(1), job))).toEqual(jobNames.map((job) => ownSchedule(idOf(1), job)));
  expect(jobNames.map((job) => ownSchedule(idOf(1), job).replace(/^\d+/, 'm'))).toEqual([
    'm 4 * * *',
    'm 6 6 * *',
    'm 7 7 * *',
    'm * * * *',
  ]);
});

test.each(jobNames)('%s of many tenants starts at all minutes of an hour, at none of them for many', (job) => {
  const count = 6_000;
  const minutes = Array.from({ length: count }, (_, index) => ownSchedule(idOf(index), job).split(' ')[0] ?? '');
  const perMinute = [...Map.groupBy(minutes, (minute) => minute).values()].map(({ length }) => length);
  expect(perMinute).toHaveLength(60);
  expect(Math.max(...perMinute)).toBeLessThan(200);
  expect(minutes.every((minute) => /^[1-5]?\d$/.test(minute))).toBe(true);
});

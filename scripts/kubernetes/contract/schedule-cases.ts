import { expect, it } from 'vitest';
import type { Cluster } from '../testing/cluster.ts';
import { aCronJob, cronJobsPath, messagesOf } from './paths.ts';

const refused: [schedule: string, why: string][] = [
  ['0 4 * * 7', 'end of range (7) above maximum (6): 7'],
  ['0 4 L * *', 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax'],
  ['0 4 1W * *', 'failed to parse int from 1W: strconv.Atoi: parsing "1W": invalid syntax'],
  ['0 4 * * 5#2', 'failed to parse int from 5#2: strconv.Atoi: parsing "5#2": invalid syntax'],
  ['* * * * mon-xyz', 'failed to parse int from xyz: strconv.Atoi: parsing "xyz": invalid syntax'],
  ['0 4 * *', 'expected exactly 5 fields, found 4: [0 4 * *]'],
  ['0 0 4 * * *', 'expected exactly 5 fields, found 6: [0 0 4 * * *]'],
  ['99 * * * *', 'end of range (99) above maximum (59): 99'],
  ['0 4 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['5-1 4 * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['*/0 4 * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 4 * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 4 * * *', 'too many slashes: 1/2/3'],
  ['@sometimes', 'unrecognized descriptor: @sometimes'],
  ['TZ=UTC 0 4 * * *', 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'],
];

const taken = [
  '0 4 ? JAN-mar/2 Mon,fri',
  '10/20 0-23/2 1,15 * *',
  '05 04 01 01 *',
  '@daily',
  '@every 1h30m',
  '1,,2 4 * * *',
];

/** What a schedule may say: one grammar, whoever reads it. */
export const scheduleCases = (cluster: () => Cluster): void => {
  const create = (schedule: string) =>
    cluster().request({
      method: 'POST',
      path: `${cronJobsPath}?dryRun=All`,
      body: aCronJob('scheduled', { schedule }),
    });

  it.each(refused)('refuses the schedule %s: %s', async (schedule, why) => {
    const { status, body } = await create(schedule);
    expect(status).toBe(422);
    expect(messagesOf(body)).toEqual([`spec.schedule: Invalid value: ${JSON.stringify(schedule)}: ${why}`]);
  });

  it.each(taken)('takes the schedule %s', async (schedule) => {
    expect((await create(schedule)).status).toBe(201);
  });
};

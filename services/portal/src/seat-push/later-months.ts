import type { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import type { Pax8SeatsOf } from './pax8-seats.ts';

const shifted = (day: string, shift: (date: Date) => void): string => {
  const date = new Date(`${day}T00:00:00Z`);
  shift(date);
  return date.toISOString().slice(0, 10);
};

export const dayBefore = (day: string): string => shifted(day, (date) => date.setUTCDate(date.getUTCDate() - 1));

/** The first day of the month after the one that begins on a day. */
export const monthAfter = (period: string): string =>
  shifted(period, (date) => date.setUTCMonth(date.getUTCMonth() + 1));

/** The seats of the months after one that have begun: what a contract is given in a month holds on in them. */
export const laterMonths = async (
  seatsOf: Pax8SeatsOf,
  tenantId: string,
  { period, until }: { period: string; until: string },
): Promise<Pax8Seats[]> => {
  const months: Pax8Seats[] = [];
  let [month, over] = [monthAfter(period), until];
  while (over === month) {
    const seats = await seatsOf(tenantId, { month });
    if (seats.until <= month) break;
    months.push(seats);
    [month, over] = [monthAfter(month), seats.until];
  }
  return months;
};

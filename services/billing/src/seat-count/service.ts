import type { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { monthOf } from '../rating/period.ts';
import { countSeats, daysCounted } from './count-seats.ts';
import type { SeatCountStore } from './store.ts';

/** The seats of a month until today, by what the nightly reading knows. */
export type ReadSeats = (scope: Scope, asked: { month: string; today: string }) => Promise<Pax8Seats>;

export const readSeats =
  (store: SeatCountStore): ReadSeats =>
  async (scope, { month, today }) => {
    const { readAt, unreadable, customers, subscriptions } = await store.input(scope);
    const period = daysCounted(monthOf(month), today);
    return { readAt, until: period.end, unreadable, data: countSeats({ customers, subscriptions, period }) };
  };

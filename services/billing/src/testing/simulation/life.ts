import { addDays, addMonths } from '../../rating/period.ts';
import { pax8Machine, type Pax8Ids, type Pax8Machine, type Product } from './pax8-machine.ts';
import type { Random } from './random.ts';

/** What happens at Pax8 while nobody of ours looks. */
export interface Life {
  machine: Pax8Machine;
  ids: Pax8Ids;
  /** A day's sales, returns, cancellations and usage. */
  pass(day: string): void;
}

/** Corrections reach so far back: less than a month that is billed stays open. */
export const daysBack = 40;

const mostSubscriptions = 5;

export const lifeOf = (random: Random, first: string): Life => {
  const ids: Pax8Ids = {
    products: { monthly: random.uuid(), annual: random.uuid(), usage: random.uuid() },
    commitment: random.uuid(),
    year: random.chance(0.5) ? 'Annual' : '1-Year',
  };
  const machine = pax8Machine(ids);
  machine.companies = ['Fabrikam', 'Tailspin Toys'].map((name) => ({ id: random.uuid(), name }));

  const buy = (day: string): void => {
    const company = random.pick(machine.companies);
    if (!company || machine.sold.length >= mostSubscriptions) return;
    const product: Product = random.chance(0.5) ? 'monthly' : 'annual';
    machine.sold.push({
      id: random.uuid(),
      companyId: company.id,
      product,
      quantity: 1 + random.below(12),
      status: 'Active',
      startDate: day,
      endDate: null,
      committedTo: product === 'annual' ? addMonths(day, 12) : null,
    });
  };
  const pickLive = () => random.pick(machine.sold.filter(({ status }) => status === 'Active'));
  const changeSeats = (): void => {
    const one = pickLive();
    if (one) one.quantity = Math.max(1, one.quantity + (random.chance(0.5) ? 1 : -1) * (1 + random.below(4)));
  };
  // Pax8 writes an end that is a border both ways: on these days nobody can say what it means.
  const isBorder = (day: string, startDate: string): boolean =>
    day.endsWith('-01') || day.slice(5) === startDate.slice(5);
  const cancel = (day: string): void => {
    const one = pickLive();
    if (!one || day <= one.startDate || isBorder(day, one.startDate)) return;
    one.status = 'Cancelled';
    one.endDate = day;
  };
  const cents = (): number => 1 + random.below(20_000);
  const use = (day: string): void => {
    // A day that comes late comes as a correction.
    for (const { days } of machine.metered) if (random.chance(0.3)) days.set(day, cents());
  };
  const correct = (day: string): void => {
    const days = random.pick(machine.metered)?.days;
    const corrected = addDays(day, -1 - random.below(daysBack));
    if (!days || corrected < first) return;
    if (random.chance(0.25)) days.delete(corrected);
    else days.set(corrected, cents());
  };
  const meter = (): void => {
    const one = random.pick(machine.sold);
    if (!one || machine.metered.some(({ subscriptionId }) => subscriptionId === one.id)) return;
    machine.metered.push({ id: random.uuid(), companyId: one.companyId, subscriptionId: one.id, days: new Map() });
  };

  for (let day = first; day <= addDays(first, 9); day = addDays(day, 3)) buy(day);
  meter();
  for (let day = first; day < addDays(first, 14); day = addDays(day, 1)) use(day);
  return {
    machine,
    ids,
    pass: (day) => {
      if (random.chance(0.05)) changeSeats();
      if (random.chance(0.02)) buy(day);
      if (random.chance(0.01)) cancel(day);
      if (random.chance(0.05)) correct(day);
      if (random.chance(0.004)) meter();
      use(day);
    },
  };
};

import { z } from 'zod';
import { isPax8Id } from '../pax8/pax8-id.ts';

const Delivery = z.object({ payloadData: z.unknown() });

const mostIds = 200;
// Deeper than anything that Pax8 sends.
const mostDepth = 12;

const idsIn = (value: unknown, depth: number): string[] => {
  if (typeof value === 'string') return isPax8Id(value) ? [value.toLowerCase()] : [];
  if (typeof value !== 'object' || value === null || depth > mostDepth) return [];
  return Object.values(value).flatMap((one) => idsIn(one, depth + 1));
};

/**
 * What may be a subscription in an event of Pax8's. Its payloads are documented nowhere: every id in one is taken, and those that are
 * no subscriptions Pax8 knows none by.
 */
export const hintedSubscriptions = (delivery: unknown): string[] => {
  const payload = Delivery.safeParse(delivery).data?.payloadData;
  return [...new Set(idsIn(payload, 0))].slice(0, mostIds);
};

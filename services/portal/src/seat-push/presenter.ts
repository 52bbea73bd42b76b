import type { Actor } from '@legendops/kit/auth/actor';
import { quantityText } from '../client-contract/quantity.ts';
import type { SeatPush, SeatPushDetail, SeatPushLine } from './contract.ts';
import { monthAfter } from './later-months.ts';
import { wordsOfReason } from './line-reasons.ts';
import { actsOn } from './policy.ts';
import type { LineRow, PushRow } from './store.ts';

export const presentPush = (row: PushRow): SeatPush => ({
  id: row.id,
  period: row.period,
  state: row.state,
  preparedAt: row.prepared_at,
  preparedBy: row.prepared_by,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
  reason: row.reason,
  sentSince: row.sent_since,
  lines: { waiting: row.waiting, sent: row.sent, there: row.there, refused: row.refused, held: row.held },
});

const presentLine = (row: LineRow, period: string): SeatPushLine => {
  const words = row.reason === null ? undefined : wordsOfReason(row.reason);
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    products: row.products,
    contractName: row.contract_name,
    itemName: row.item_name,
    effectiveOn: row.effective_on,
    isOfLaterMonth: row.effective_on >= monthAfter(period),
    before: row.before_e6 === null ? null : quantityText(row.before_e6),
    quantity: quantityText(row.quantity_e6),
    state: row.state,
    reason: words?.title ?? null,
    nextStep: words?.nextStep ?? null,
  };
};

export const presentDetail = ({ push, lines }: { push: PushRow; lines: LineRow[] }, actor: Actor): SeatPushDetail => ({
  ...presentPush(push),
  contentHash: push.content_hash,
  seatsReadAt: push.seats_read_at,
  unreadableSeats: push.unreadable_seats,
  unreadableContracts: push.unreadable_contracts,
  matching: push.matching,
  notClients: push.not_clients,
  data: lines.map((line) => presentLine(line, push.period)),
  acts: actsOn(push, actor),
});

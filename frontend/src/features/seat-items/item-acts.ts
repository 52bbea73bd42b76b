import { ConfirmedSeatItem, type SeatItem } from '@legendops/portal/seat-item/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { seatItemsPath } from '../../lib/queries/seats.ts';

const readAgain = () => void refresh(seatItemsPath);
const changed = { done: readAgain, refused: readAgain };

const confirm: ActKind<{ productId: string; itemId: string }, ConfirmedSeatItem> = {
  ...changed,
  request: ({ productId, itemId }) => ({ method: 'PUT', path: `${seatItemsPath}/${productId}`, body: { itemId } }),
  answer: ConfirmedSeatItem,
};
export const useConfirmItem = () => useAct(confirm);

export type LinkedItem = Pick<SeatItem, 'productId' | 'productName'> & { itemName: string; version: number };

const remove: ActKind<LinkedItem, void> = {
  ...changed,
  request: ({ productId, version }) => ({ method: 'DELETE', path: `${seatItemsPath}/${productId}`, version }),
  answer: null,
};
export const useRemoveItem = () => useAct(remove);

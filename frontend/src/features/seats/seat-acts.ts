import { SeatPushDetail } from '@legendops/portal/seat-push/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { queryClient } from '../../lib/query-client.ts';
import { seatPush, seatPushesPath } from '../../lib/queries/seats.ts';

const outcome = {
  answer: SeatPushDetail,
  done: (push: SeatPushDetail) => {
    queryClient.setQueryData(seatPush(push.id).queryKey, push);
    void refresh(seatPushesPath);
  },
  // It often means that it is no longer what the screen shows.
  refused: () => void refresh(seatPushesPath),
};

const prepare: ActKind<string, SeatPushDetail> = {
  ...outcome,
  request: (period) => ({ method: 'POST', path: seatPushesPath, body: { period } }),
};
export const usePrepare = () => useAct(prepare);

/** Approves what the person saw: its hash goes along, and what became another is refused. */
const approve: ActKind<SeatPushDetail, SeatPushDetail> = {
  ...outcome,
  request: ({ id, contentHash }) => ({
    method: 'POST',
    path: `${seatPushesPath}/${id}/approval`,
    body: { contentHash },
  }),
};
export const useApprovePush = () => useAct(approve);

const reject: ActKind<{ id: string; reason: string }, SeatPushDetail> = {
  ...outcome,
  request: ({ id, reason }) => ({ method: 'POST', path: `${seatPushesPath}/${id}/rejection`, body: { reason } }),
};
export const useRejectPush = () => useAct(reject);

const send: ActKind<SeatPushDetail, SeatPushDetail> = {
  ...outcome,
  request: ({ id }) => ({ method: 'POST', path: `${seatPushesPath}/${id}/sending` }),
};
export const useSendPush = () => useAct(send);

import { SeatItems } from '@legendops/portal/seat-item/contract';
import { SeatPushDetail, SeatPushes } from '@legendops/portal/seat-push/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const seatItemsPath = '/api/portal/v1/seat-items';
export const seatPushesPath = '/api/portal/v1/seat-pushes';

/** Every product at Pax8, and which item in SuperOps it is. */
export const seatItems = queryOptions({
  queryKey: [seatItemsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: seatItemsPath, signal }, SeatItems),
});

/** The months whose seats were compared with contracts. */
export const seatPushes = queryOptions({
  queryKey: [seatPushesPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: seatPushesPath, signal }, SeatPushes),
});

export const seatPush = (id: string) =>
  queryOptions({
    queryKey: [seatPushesPath, id],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${seatPushesPath}/${id}`, signal }, SeatPushDetail),
  });

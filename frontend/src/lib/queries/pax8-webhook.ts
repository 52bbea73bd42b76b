import { Pax8Webhook } from '@legendops/billing/partner-webhook/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const pax8WebhookPath = '/api/billing/v1/pax8-webhook';

/** Whether Pax8 tells us of changes as they happen. */
export const pax8Webhook = queryOptions({
  queryKey: [pax8WebhookPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: pax8WebhookPath, signal }, Pax8Webhook),
});

import '../lib/zod-without-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { tokens } from '../lib/api.ts';
import { session } from '../lib/queries/session.ts';
import { queryClient } from '../lib/query-client.ts';
import { router } from './router.ts';

/** Goes on with the trade that opened the portal, and reads who is here while the page is still loaded. */
export const takeOver = (trade: Response | undefined): void => {
  if (trade !== undefined) tokens.adopt(trade);
  void queryClient.prefetchQuery(session);
};

export const Portal = () => (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>
);

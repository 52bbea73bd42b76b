import '../lib/zod-without-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { tokens } from '../lib/api.ts';
import { queryClient } from '../lib/query-client.ts';
import { router } from './router.ts';

/** Starts with the access token that opened the portal. */
export const takeOver = (trade: Response): void => tokens.adopt(trade);

export const Portal = () => (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>
);

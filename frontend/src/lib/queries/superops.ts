import { ClientLinks, SuperOpsConnections } from '@legendops/portal/superops/contract';
import { SuperOpsMirror } from '@legendops/portal/mirror/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { refresh } from '../cache.ts';
import { isRefusal } from '../problem.ts';

export const superOpsConnectionPath = '/api/portal/v1/superops-connection';
export const clientLinksPath = '/api/portal/v1/client-links';

export const superOpsConnection = queryOptions({
  queryKey: [superOpsConnectionPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: superOpsConnectionPath, signal }, SuperOpsConnections),
});

const superOpsMirrorPath = '/api/portal/v1/superops-mirror';

/** What was read of SuperOps, and when. */
export const superOpsMirror = queryOptions({
  queryKey: [superOpsMirrorPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: superOpsMirrorPath, signal }, SuperOpsMirror),
});

/** Every client that SuperOps has now, and who it is here. */
export const clientLinks = queryOptions({
  queryKey: [clientLinksPath],
  queryFn: async ({ signal }) => {
    try {
      return await api.request({ method: 'GET', path: clientLinksPath, signal }, ClientLinks);
    } catch (error) {
      // What keeps SuperOps from answering is the connection's state by now.
      if (isRefusal(error)) void refresh(superOpsConnectionPath);
      throw error;
    }
  },
});

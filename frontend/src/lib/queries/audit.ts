import { AuditPage, type AuditEntry } from '@legendops/portal/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export interface AuditFilter {
  act?: string | undefined;
  memberId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const auditPath = '/api/portal/v1/audit-entries';

export const auditPages = (filter: AuditFilter) =>
  cursorPages({ path: auditPath, page: AuditPage, filter: { ...filter } });

interface AuditSubject {
  type: 'invoice' | 'price-rule';
  /** Without one it is about all of the type. */
  id?: string;
  /** Changes with every act on it: what was read before is not the last one any more. */
  version: string | number;
}

// An act is in the trail a moment after it was done.
const lookAgainMs = 1_000;
const mostLooks = 5;

/** The newest acts on something; looked for again for some seconds while there is none that must be there. */
export const lastActs = ({ type, id, version }: AuditSubject) =>
  queryOptions({
    queryKey: [auditPath, 'last', type, id, version],
    queryFn: async ({ signal }): Promise<AuditEntry[]> => {
      const query = { subjectType: type, subjectId: id, limit: id === undefined ? 200 : 1 };
      return (await api.request({ method: 'GET', path: auditPath, query, signal }, AuditPage)).data;
    },
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.length === 0 && dataUpdateCount < mostLooks ? lookAgainMs : false,
  });

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

interface AuditSubjects {
  type: 'invoice' | 'price-rule';
  /** Of which something must have been done. */
  ids: readonly string[];
  /** Changes with every act on one of them: what was read before is not the last one any more. */
  version?: number;
}

// An act is in the trail a moment after it was done.
const lookAgainMs = 1_000;
const mostLooks = 5;

/** The newest acts on some things; looked for again for some seconds while one of them has none. */
export const lastActs = ({ type, ids, version }: AuditSubjects) =>
  queryOptions({
    queryKey: [auditPath, 'last', type, ids, version],
    queryFn: async ({ signal }): Promise<AuditEntry[]> => {
      const one = ids.length === 1;
      const query = { subjectType: type, subjectId: one ? ids[0] : undefined, limit: one ? 1 : 200 };
      return (await api.request({ method: 'GET', path: auditPath, query, signal }, AuditPage)).data;
    },
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      const lacks = (id: string): boolean => data?.every(({ subject }) => subject.id !== id) === true;
      return dataUpdateCount < mostLooks && ids.some(lacks) ? lookAgainMs : false;
    },
  });

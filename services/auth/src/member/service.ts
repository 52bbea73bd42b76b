import type { Scope } from '@legendops/kit/db/tenant-database';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { Page } from '@legendops/kit/contract/page';
import type { Member } from '../contract.ts';
import type { DirectoryPerson } from '../sign-in/entra.ts';
import type { MemberRow, MemberStore } from './store.ts';

export interface MemberService {
  get(scope: Scope, id: string): Promise<Member | undefined>;
  findPerson(scope: Scope, person: DirectoryPerson): Promise<Member | undefined>;
  page(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<Member>>;
}

export const presentMember = (row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  customerId: row.customer_id,
  state: row.state,
  createdAt: row.created_at,
});

const list = 'members';

export const memberService = (store: MemberStore): MemberService => ({
  get: async (scope, id) => {
    const row = await store.byId(scope, id);
    return row && presentMember(row);
  },
  findPerson: async (scope, person) => {
    const row = await store.byPerson(scope, person);
    return row && presentMember(row);
  },
  page: async (scope, { limit, cursor }) =>
    toPage({
      rows: await store.page(scope, { after: decodeCursor(list, cursor, 2), limit }),
      limit,
      list,
      keys: (row) => [row.name, row.id],
      present: presentMember,
    }),
});

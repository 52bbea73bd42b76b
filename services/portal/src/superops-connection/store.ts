import { asNobody, auditBy, type ActingScope } from '@legendops/kit/audit/audit';
import { differences, removed } from '@legendops/kit/audit/differences';
import { constraintOf } from '@legendops/kit/db/database-error';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsRegion, SuperOpsState } from '../superops/contract.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import { failures, type FailureKind } from './failures.ts';

export interface ConnectionRow {
  id: string;
  region: SuperOpsRegion;
  subdomain: string;
  state: SuperOpsState;
  failure: FailureKind | null;
  version: number;
  updated_at: string;
}

export interface ConnectionStore {
  find(scope: Scope): Promise<ConnectionRow | undefined>;
  /**
   * Makes the account this tenant's and keeps its token, both or neither: of two who connect it at once one is refused before
   * its token is kept. Throws connection.account-taken.
   */
  connect(
    scope: ActingScope<'connection.made'>,
    account: SuperOpsAccount,
    keepToken: () => Promise<void>,
  ): Promise<ConnectionRow>;
  /** False when none was connected. */
  disconnect(scope: ActingScope<'connection.removed'>): Promise<boolean>;
  /** Nothing happens where another account, or none, is connected by now. */
  failed(scope: Scope, account: SuperOpsAccount, failure: FailureKind): Promise<void>;
  /** It works again. */
  works(scope: Scope, account: SuperOpsAccount): Promise<void>;
}

const columns = sql`id, region, subdomain, state, failure, version, updated_at`;

const subjectOf = ({ id }: ConnectionRow) => ({ type: 'connection', id, name: 'SuperOps' });

const toldOf = (row: ConnectionRow | undefined) => ({
  account: row ? `${row.subdomain} (${row.region})` : null,
  state: row?.state ?? null,
});

const orTaken = (error: unknown): never => {
  if (constraintOf(error) === 'superops_connections_one_tenant')
    throw problem('connection.account-taken', {
      detail: 'Another organisation gives it up first; ask LegendOps support where you do not know which',
    });
  throw error;
};

const select = sql<ConnectionRow>`select ${columns} from portal.superops_connections`;

export const connectionStore = (database: TenantDatabase): ConnectionStore => ({
  find: async (scope) => (await database.read(scope, select))[0],
  connect: (scope, { region, subdomain }, keepToken) =>
    database
      .write(scope, async (transaction) => {
        await transaction.rows(sql`select portal.free_superops_account(${region}, ${subdomain})`);
        const before = await transaction.row(sql<ConnectionRow>`${select} for update`);
        // With its mirror: what was read of that account is nothing of this one.
        if (before && (before.region !== region || before.subdomain !== subdomain))
          await transaction.change(sql`delete from portal.superops_connections`);
        const row = await transaction.one(sql<ConnectionRow>`
          insert into portal.superops_connections (tenant_id, region, subdomain)
          values (${scope.tenantId}, ${region}, ${subdomain})
          on conflict (tenant_id) do update set state = 'connected', failure = null
          returning ${columns}`);
        await keepToken();
        const changes = differences(toldOf(before), toldOf(row), ['account', 'state']);
        await scope.audit(transaction, { act: 'connection.made', subject: subjectOf(row), changes });
        return row;
      })
      .catch(orTaken),
  disconnect: (scope) =>
    database.write(scope, async (transaction) => {
      const gone = await transaction.row(
        sql<ConnectionRow>`delete from portal.superops_connections returning ${columns}`,
      );
      if (gone)
        await scope.audit(transaction, {
          act: 'connection.removed',
          subject: subjectOf(gone),
          changes: removed(toldOf(gone)),
        });
      return gone !== undefined;
    }),
  failed: (scope, { region, subdomain }, failure) =>
    database.write(scope, async (transaction) => {
      const refused = await transaction.row(sql<ConnectionRow>`
        update portal.superops_connections set state = ${failures[failure].state}, failure = ${failure}
        where region = ${region} and subdomain = ${subdomain} and failure is distinct from ${failure}
        returning ${columns}`);
      if (refused)
        await auditBy<'connection.refused'>({ ...scope, author: asNobody('vendor', 'SuperOps') })(transaction, {
          act: 'connection.refused',
          subject: subjectOf(refused),
          changes: [{ field: 'failure', before: null, after: failures[failure].reason }],
        });
    }),
  works: (scope, { region, subdomain }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update portal.superops_connections set state = 'connected', failure = null
        where region = ${region} and subdomain = ${subdomain} and state <> 'connected'`);
    }),
});

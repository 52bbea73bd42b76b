import type { ActingScope } from '@legendops/kit/audit/audit';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { longestName } from '../contract.ts';
import type { CustomerLimit, CustomerService } from '../customer/service.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { SuperOpsClient } from '../superops/superops-client.ts';
import { SuperOpsError } from '../superops/superops-error.ts';
import { nextOf } from './agreement.ts';
import type { AgreedNames, Keep } from './contract.ts';
import type { ClientNameStore, NamesRow } from './store.ts';

type Acting = ActingScope<'customer.changed' | 'client.renamed'> & CustomerLimit;

export interface ClientNameService {
  /** Makes a change of one side on the other, for every link; what both have changed waits for a person. */
  agreeAll(scope: Acting): Promise<AgreedNames>;
  /** One name for both, by a person's word. Throws client-link.not-found, version.stale, customer.name-taken, client.refused. */
  keep(scope: Acting, link: { clientId: string; version: number; keep: Keep }): Promise<void>;
}

const lineOf = (name: string): string => asLineOfText(name, longestName);

export const clientNameService = ({
  store,
  database,
  customers,
  superOps,
}: {
  store: ClientNameStore;
  database: TenantDatabase;
  customers: Pick<CustomerService, 'change'>;
  superOps: TenantSuperOps;
}): ClientNameService => {
  /** Whether SuperOps calls the client as the mirror says: what is decided by an older name would undo a change. */
  const isAsRead = (scope: Acting, row: NamesRow): Promise<boolean> =>
    superOps.useOf(scope, row, async (client) => {
      try {
        return (await client.client(row.client_id))?.name === row.theirs;
      } catch (error) {
        // One that cannot be read waits alone.
        if (error instanceof SuperOpsError && error.kind === 'unexpected') return false;
        throw error;
      }
    });

  /** False also where nobody can say. */
  const isCalled = async (client: SuperOpsClient, clientId: string, name: string): Promise<boolean> =>
    (await client.client(clientId).catch(() => undefined))?.name === name;

  /** Undefined where it was done, else why SuperOps does not do it. */
  const rename = async (scope: Acting, row: NamesRow) => {
    const { client_id, ours, theirs } = row;
    const refusal = await superOps.useOf(scope, row, async (client) => {
      try {
        await client.renameClient(client_id, ours);
        return undefined;
      } catch (error) {
        if (!(error instanceof SuperOpsError)) throw error;
        // It says itself whether it was: it is called so.
        if (error.kind === 'in-doubt' && (await isCalled(client, client_id, ours))) return undefined;
        // A role that may not change clients, and a name that another one has, are no end of the connection.
        if (error.kind === 'invalid' || error.kind === 'nothing-made') return 'refused-there' as const;
        if (error.kind === 'forbidden') return 'forbidden-there' as const;
        throw error;
      }
    });
    if (refusal === undefined)
      await database.write(scope, (transaction) =>
        scope.audit(transaction, {
          act: 'client.renamed',
          subject: { type: 'client', id: client_id, name: ours },
          changes: [{ field: 'name', before: theirs, after: ours }],
        }),
      );
    return refusal;
  };

  const send = async (scope: Acting, row: NamesRow) => {
    const refusal = await rename(scope, row);
    if (refusal === undefined) await store.agree(scope, row.id, { ours: row.ours, theirs: row.ours });
    else await store.refuse(scope, row.id, refusal);
    return refusal;
  };

  /**
   * Whether it was done. What SuperOps does not do for one client, while it answers, is told beside that one until the next round, and
   * keeps nobody else from having theirs.
   */
  const sendOrRefuse = async (scope: Acting, row: NamesRow): Promise<boolean> => {
    try {
      return (await send(scope, row)) === undefined;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'vendor.unavailable') throw error;
      if (await isAsRead(scope, row)) await store.refuse(scope, row.id, 'refused-there');
      return false;
    }
  };

  const take = async (scope: Acting, row: NamesRow): Promise<void> => {
    const name = lineOf(row.theirs);
    await customers.change(scope, row.customer_id, row.customer_version, { name });
    await store.agree(scope, row.id, { ours: name, theirs: row.theirs });
  };

  const takeOrRefuse = async (scope: Acting, row: NamesRow): Promise<boolean> => {
    try {
      await take(scope, row);
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Changed at this moment: the next round sees how it stands.
      if (error.code === 'version.stale') return false;
      if (error.code !== 'customer.name-taken') throw error;
      await store.refuse(scope, row.id, 'taken-here');
      return false;
    }
  };

  return {
    agreeAll: async (scope) => {
      const counts = { namesSent: 0, namesTaken: 0, namesAsked: 0 };
      for (const row of await store.all(scope)) {
        const now = { ours: row.ours, theirs: lineOf(row.theirs) };
        const { our_name: ours, their_name: theirs } = row;
        const next = nextOf(now, ours === null || theirs === null ? null : { ours, theirs: lineOf(theirs) });
        // A name without anything that can be seen is none to take, nor to be asked about.
        if (now.theirs === '') continue;
        if (next === 'nothing') await store.agree(scope, row.id, { ours: row.ours, theirs: row.theirs });
        else if (next === 'ask') counts.namesAsked += 1;
        else if (!(await isAsRead(scope, row))) continue;
        else if (next === 'send') counts.namesSent += (await sendOrRefuse(scope, row)) ? 1 : 0;
        else counts.namesTaken += (await takeOrRefuse(scope, row)) ? 1 : 0;
      }
      return counts;
    },
    keep: async (scope, { clientId, version, keep }) => {
      const row = await store.one(scope, { clientId, version });
      const live = await superOps.useOf(scope, row, (client) => client.client(clientId));
      if (!live) throw problem('client.not-found');
      if (keep === 'client' && lineOf(live.name) === '')
        throw problem('client.refused', {
          detail: 'Its name there holds nothing that can be seen: give it another one',
        });
      if (keep === 'client') return take(scope, { ...row, theirs: live.name });
      const refusal = await send(scope, { ...row, theirs: live.name });
      if (refusal === undefined) return undefined;
      throw problem('client.refused', {
        detail:
          refusal === 'forbidden-there'
            ? 'The role of the service user may not change clients: give it that right in SuperOps'
            : 'Another client has this name there, or it is none that SuperOps takes: give one of the two another name',
      });
    },
  };
};

import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { NotLeading, onlyWhile } from '@legendops/operator-runtime/lease/only-while';
import type { VaultWriter } from './api/vendors.ts';
import type { Provisioners, SqlClient } from './postgres/provisioners.ts';
import { isRead } from './postgres/reads.ts';
import type { VaultClients } from './vault/vault-clients.ts';

/** What the operator reads and writes, outside of itself. */
export interface Outside {
  kube: KubeClient;
  provisioners: Provisioners;
  vaults: VaultClients;
}

/** What only reads, or ends our own connections. Whatever has no place here is refused without the lease. */
export const passing = {
  kube: ['read', 'list', 'watch', 'close'],
  provisioners: ['of', 'on', 'close'],
  vaults: ['getSecret', 'getDeletedSecret', 'listPropertiesOfSecretVersions'],
} as const satisfies {
  kube: readonly (keyof KubeClient)[];
  provisioners: readonly (keyof Provisioners)[];
  vaults: readonly (keyof VaultClients[VaultWriter])[];
};

/** Statement by statement: a process may be paused in the middle of a piece of work. */
const fencedSql = (leads: () => boolean, client: SqlClient): SqlClient => ({
  query: async (statement, values) => {
    if (!isRead(statement) && !leads()) throw new NotLeading();
    return client.query(statement, values);
  },
});

/** The same, refusing whatever may write of a process that does not lead, or was paused past its lease. */
export const onlyLeader = (leads: () => boolean, { kube, provisioners, vaults }: Outside): Outside => {
  const fenced: Provisioners = {
    ...provisioners,
    on: (provisioner, database, work) =>
      provisioners.on(provisioner, database, (client) => work(fencedSql(leads, client))),
  };
  return {
    kube: onlyWhile(leads, kube, passing.kube),
    provisioners: onlyWhile(leads, fenced, passing.provisioners),
    vaults: {
      operator: onlyWhile(leads, vaults.operator, passing.vaults),
      billing: onlyWhile(leads, vaults.billing, passing.vaults),
      portal: onlyWhile(leads, vaults.portal, passing.vaults),
    },
  };
};

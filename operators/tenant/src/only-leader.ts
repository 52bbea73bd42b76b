import type { SecretClient } from '@azure/keyvault-secrets';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { NotLeading, onlyWhile } from '@legendops/operator-runtime/lease/only-while';
import type { Provisioners, SqlClient } from './postgres/provisioners.ts';
import { isRead } from './postgres/reads.ts';

/** What the operator reads and writes, outside of itself. */
export interface Outside {
  kube: KubeClient;
  provisioners: Provisioners;
  secrets: SecretClient;
}

/** What only reads, or ends our own connections. Whatever has no place here is refused without the lease. */
export const passing = {
  kube: ['read', 'list', 'watch', 'close'],
  provisioners: ['of', 'on', 'close'],
  secrets: ['getSecret', 'getDeletedSecret', 'listPropertiesOfSecretVersions'],
} as const satisfies { [Part in keyof Outside]: readonly (keyof Outside[Part] & string)[] };

/** Statement by statement: a process may be paused in the middle of a piece of work. */
const fencedSql = (leads: () => boolean, client: SqlClient): SqlClient => ({
  query: async (statement, values) => {
    if (!isRead(statement) && !leads()) throw new NotLeading();
    return client.query(statement, values);
  },
});

/** The same, refusing whatever may write of a process that does not lead, or was paused past its lease. */
export const onlyLeader = (leads: () => boolean, { kube, provisioners, secrets }: Outside): Outside => {
  const fenced: Provisioners = {
    ...provisioners,
    on: (provisioner, database, work) =>
      provisioners.on(provisioner, database, (client) => work(fencedSql(leads, client))),
  };
  return {
    kube: onlyWhile(leads, kube, passing.kube),
    provisioners: onlyWhile(leads, fenced, passing.provisioners),
    secrets: onlyWhile(leads, secrets, passing.secrets),
  };
};

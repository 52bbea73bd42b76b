import { createHash } from 'node:crypto';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { ownSchedule } from '@legendops/tenant-operator/api/own-schedule';
import { hexOf, type Tenant } from '@legendops/tenant-operator/api/tenant';
import { ownedKindNames, ownedKinds } from '@legendops/tenant-operator/owned/owned-kinds';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import { claimOf } from '@legendops/tenant-operator/api/tenant-id';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

type Filled = KubeObject & { spec?: unknown; data?: unknown; status?: unknown; automountServiceAccountToken?: boolean };

const inNamespace: readonly Resource[] = ownedKindNames.map((name) => ownedKinds[name].resource);

const none = '00000000-0000-0000-0000-000000000000';

/** What the server itself puts into each namespace. */
const isOfServer = ({ metadata }: KubeObject): boolean => metadata.name === 'default' && !metadata.labels;

const times = new Set(['created-at', 'current-since']);

const withoutTime = (tags: Record<string, string> | undefined): Record<string, string> | undefined =>
  tags && Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag, times.has(tag) ? '<time>' : value]));

/** Whether a CronJob starts at the minute that is the tenant's own, as its resource says none. */
const isOwnSchedule = (tenant: Tenant, tenantId: string, cronJob: string, spec: unknown): boolean =>
  jobNames.some(
    (job) =>
      jobs[job].cronJob === cronJob &&
      tenant.spec.billing[job].schedule === undefined &&
      (spec as { schedule?: string } | undefined)?.schedule === ownSchedule(tenantId, job),
  );

export interface Portrait {
  /** Everything of a tenant everywhere, without what differs from one tenant to the next. */
  text: string;
  /** Kubernetes objects by kind and name, with their uids: what keeps its uid was not made anew. */
  uids: Record<string, string>;
}

export interface Identity {
  tenantId: string;
  uid: string;
}

/** Who a tenant is, to be asked while its resource is there. */
export const identityOf = async (t: InWorld, name: string): Promise<Identity> => {
  const tenant = await t.read(name);
  return {
    tenantId: tenant?.status?.tenantId ?? (tenant && claimOf(tenant)) ?? '',
    uid: tenant?.metadata.uid ?? '',
  };
};

/** A directory of a tenant of this name, and of no other. */
export const directoryOf = (name: string, index: number): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 31)}${index}`;
};

/** Whatever exists of a tenant: in the cluster, the four databases, the roles, the vault. Two tenants that are alike look alike. */
export const portraitOf = async (world: World, t: InWorld, name: string, identity?: Identity): Promise<Portrait> => {
  const { tenantId, uid } = identity ?? (await identityOf(t, name));
  const { kube, databases, vault } = world;
  const tenant = await t.read(name);
  const namespace = await kube.read<Filled>(namespaces, { name: `tenant-${name}` });
  const uids: Record<string, string> = {};
  const objects: Record<string, unknown> = {};
  for (const resource of namespace ? inNamespace : []) {
    const { items } = await kube.list<Filled>(resource, {}, `tenant-${name}`);
    for (const { metadata, spec, data, automountServiceAccountToken } of items.filter((item) => !isOfServer(item))) {
      const key = `${resource.kind} ${metadata.name}`;
      uids[key] = metadata.uid ?? '';
      objects[key] = {
        spec:
          tenant && isOwnSchedule(tenant, tenantId, metadata.name, spec)
            ? { ...(spec as object), schedule: '<own>' }
            : spec,
        keys: Object.keys((data as object | undefined) ?? {}),
        automountServiceAccountToken,
        labels: metadata.labels,
      };
    }
  }
  const rows = await t.registryRows(name);
  const roles = await databases.query(
    'billing_db',
    `select r.rolname::text as name, r.rolcanlogin as open, r.rolconnlimit as most, r.rolconfig as settings,
       array(select g.rolname::text from pg_auth_members x join pg_roles g on g.oid = x.roleid where x.member = r.oid) as groups,
       exists (select from pg_auth_members x where x.roleid = r.oid and x.inherit_option) as closing
     from pg_roles r where r.rolname like $1 order by 1`,
    [`t_${hexOf(tenantId || 'none')}_%`],
  );
  const invitations = await databases.query(
    'auth_db',
    'select email, name, role from auth.invitations where tenant_id = $1 order by email',
    [tenantId || none],
  );
  const directories = await databases.query(
    'auth_db',
    'select directory_id::text as id from auth.directories where tenant_id = $1 order by 1',
    [tenantId || none],
  );
  const secret = await t.databaseSecret(name);
  const stored = [...vault.vault.secrets.all(), ...vault.vault.secrets.allDeleted()].filter(
    ({ name: of }) => tenantId !== '' && of === `tenant-${hexOf(tenantId)}-database`,
  );
  const text = JSON.stringify(
    {
      // A set: its order says nothing.
      spec: tenant && { ...tenant.spec, directories: tenant.spec.directories.toSorted() },
      finalizers: tenant?.metadata.finalizers,
      status: {
        ...tenant?.status,
        database: { activeSlot: tenant?.status?.database?.activeSlot },
        // It says when somebody last looked at the vendors, not what was done for the tenant.
        conditions: tenant?.status?.conditions?.filter(({ type }) => type !== 'IntegrationsReady'),
      },
      namespace: namespace && { labels: namespace.metadata.labels },
      objects,
      rows: rows.map((row) => row && { ...row, xmin: undefined }),
      invitations,
      directories,
      roles,
      secret: secret.username,
      opens: secret.password === undefined ? undefined : await t.logIn(secret),
      vault: stored.map(({ versions, deletedAt }) => ({
        isDeleted: deletedAt !== undefined,
        versions: versions.map(({ tags, enabled }) => ({ tags: withoutTime(tags), enabled })),
      })),
    },
    (key, value: unknown) => (key === 'lastTransitionTime' || key === 'observedGeneration' ? undefined : value),
    1,
  );
  const own: [string | undefined, string][] = [
    [tenantId, '<id>'],
    [hexOf(tenantId), '<hex>'],
    [uid, '<uid>'],
    [directoryOf(name, 0).slice(0, -1), '<directory>'],
    [name, '<name>'],
  ];
  return {
    text: own.reduce((words, [value, sign]) => (value ? words.replaceAll(value, sign) : words), text),
    uids,
  };
};

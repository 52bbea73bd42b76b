import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { MirroredKindName } from '../superops/mirrored.ts';

/** How far a kind has been read, and what there is of it. */
export interface KindRow {
  kind: string;
  read_at: string;
  present: number;
  gone: number;
}

export interface HeldRow {
  kind: string;
  subject: string;
  name: string | null;
  fields: string;
  held_since: string;
}

export interface LastRunRow {
  state: 'running' | 'done' | 'failed' | 'needs-person';
  code: string | null;
  detail: string | null;
  started_at: string;
  finished_at: string | null;
}

/** Of a client: how it stands in the mirror, and its objects of a kind. */
export interface ClientObjects {
  /** When the kind was read; undefined where it never was. */
  readAt: string | undefined;
  client: { name: string; is_gone: boolean } | undefined;
  bodies: unknown[];
}

export interface MirrorStore {
  ofClient(scope: Scope, of: { kind: MirroredKindName; clientId: string; most: number }): Promise<ClientObjects>;
  /** When something was last written in SuperOps from here; null where nothing ever was. */
  writtenAt(scope: Scope): Promise<string | null>;
  kinds(scope: Scope): Promise<KindRow[]>;
  held(scope: Scope, most: number): Promise<HeldRow[]>;
  lastRun(scope: Scope): Promise<LastRunRow | undefined>;
}

export const mirrorStore = (database: TenantDatabase): MirrorStore => ({
  ofClient: async (scope, { kind, clientId, most }) => {
    const [reads, clients, objects] = await database.readAll(scope, [
      sql<{ read_at: string }>`select read_at from portal.superops_reads where kind = ${kind} and whole_at is not null`,
      sql<{ name: string; is_gone: boolean }>`
        select name, gone_at is not null as is_gone from portal.superops_objects where kind = 'client' and id = ${clientId}`,
      sql<{ body: unknown }>`
        select body from portal.superops_objects
        where kind = ${kind} and client_id = ${clientId} and gone_at is null
        order by changed_at desc nulls last, name, id limit ${most}`,
    ]);
    return { readAt: reads[0]?.read_at, client: clients[0], bodies: objects.map(({ body }) => body) };
  },
  writtenAt: async (scope) =>
    (
      await database.read(
        scope,
        sql<{
          at: string | null;
        }>`select max(created_at) as at from portal.superops_writes where remote_id is not null`,
      )
    )[0]?.at ?? null,
  kinds: (scope) =>
    database.read(
      scope,
      sql<KindRow>`
        select r.kind, r.read_at, count(o.id) filter (where o.gone_at is null)::integer as present,
          count(o.id) filter (where o.gone_at is not null)::integer as gone
        from portal.superops_reads r
        left join portal.superops_objects o on o.tenant_id = r.tenant_id and o.kind = r.kind
        group by r.kind, r.read_at order by r.kind`,
    ),
  held: (scope, most) =>
    database.read(
      scope,
      sql<HeldRow>`
        select kind, subject, name, fields, held_since from portal.superops_held
        where resolved_at is null order by held_since desc, kind, subject limit ${most}`,
    ),
  lastRun: async (scope) =>
    (
      await database.read(
        scope,
        sql<LastRunRow>`
          select state, code, detail, started_at, finished_at from portal.runs
          where job = 'psa-sync' order by started_at desc, id desc limit 1`,
      )
    )[0],
});

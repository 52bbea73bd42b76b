import type { Scope } from '@legendops/kit/db/tenant-database';
import type { z } from 'zod';
import { mirrored, type Contact } from '../superops/mirrored.ts';
import type { Asset, Ticket } from '../superops/objects.ts';
import type { SuperOpsMirror } from './contract.ts';
import type { MirrorStore } from './store.ts';

/** What the mirror has of a client's. */
export interface Mirrored<Row> {
  asOf: string;
  clientName: string;
  /** It was merged or deleted there. */
  isGone: boolean;
  rows: Row[];
  hasMore: boolean;
  unreadable: number;
}

export interface MirrorService {
  /** Those that changed last. Undefined where the mirror does not know: it was never read, or something was written since. */
  ticketsOf(scope: Scope, clientId: string): Promise<Mirrored<Ticket> | undefined>;
  /** By name; undefined as for tickets. */
  contactsOf(scope: Scope, clientId: string): Promise<Mirrored<Contact> | undefined>;
  /** By name. */
  assetsOf(scope: Scope, clientId: string): Promise<Mirrored<Asset> | undefined>;
  overview(scope: Scope): Promise<SuperOpsMirror>;
}

const most = 100;
const mostHeld = 50;

export const mirrorService = (store: MirrorStore): MirrorService => {
  const ofClient = async <Row>(
    scope: Scope,
    kind: 'ticket' | 'contact' | 'asset',
    clientId: string,
  ): Promise<Mirrored<Row> | undefined> => {
    const { readAt, client, bodies } = await store.ofClient(scope, { kind, clientId, most: most + 1 });
    if (readAt === undefined || client === undefined) return undefined;
    const schema = mirrored[kind].list.row as z.ZodType<Row>;
    const shown = bodies.slice(0, most);
    // Kept by an older release, which read less of it: the next run reads it anew.
    const rows = shown.flatMap((body) => schema.safeParse(body).data ?? []);
    return {
      asOf: readAt,
      clientName: client.name,
      isGone: client.is_gone,
      rows,
      hasMore: bodies.length > most,
      unreadable: shown.length - rows.length,
    };
  };
  /** What may be written from here is not what it was, once something was. */
  const unlessWritten = async <Row>(
    scope: Scope,
    known: Mirrored<Row> | undefined,
  ): Promise<Mirrored<Row> | undefined> => {
    const writtenAt = known && (await store.writtenAt(scope));
    return writtenAt && Date.parse(writtenAt) > Date.parse(known.asOf) ? undefined : known;
  };
  return {
    ticketsOf: async (scope, clientId) => unlessWritten(scope, await ofClient<Ticket>(scope, 'ticket', clientId)),
    contactsOf: async (scope, clientId) => unlessWritten(scope, await ofClient<Contact>(scope, 'contact', clientId)),
    assetsOf: (scope, clientId) => ofClient<Asset>(scope, 'asset', clientId),
    overview: async (scope) => {
      const [kinds, held, lastRun] = await Promise.all([
        store.kinds(scope),
        store.held(scope, mostHeld),
        store.lastRun(scope),
      ]);
      return {
        kinds: kinds.map(({ kind, read_at, present, gone }) => ({ kind, readAt: read_at, count: present, gone })),
        held: held.map(({ held_since, ...record }) => ({ ...record, heldSince: held_since })),
        lastRun: lastRun
          ? {
              state: lastRun.state,
              code: lastRun.code,
              detail: lastRun.detail,
              startedAt: lastRun.started_at,
              finishedAt: lastRun.finished_at,
            }
          : null,
      };
    },
  };
};

import type { z } from 'zod';
import type { ActAs, ActingScope } from '../audit/audit.ts';
import type { AuditAct } from '../contract/audit-acts.ts';
import type { Permission } from '../contract/permissions.ts';
import type { Actor } from '../auth/actor.ts';
import type { Workload } from '../auth/service-token.ts';
import type { RegisteredTenant } from '../db/tenant-registry.ts';
import type { Transaction } from '../db/transaction.ts';
import type { BodyVerifier } from './json-body.ts';
import type { StrangerLimit } from './stranger-limits.ts';
import { versionTag } from './version-tag.ts';

export type PictureType = 'image/svg+xml' | 'image/png';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler answers; `location` and `cookies` for the few routes that a browser follows. */
export interface Answer {
  status: number;
  body?: unknown;
  /** A page in place of a body, for a person whose browser came here; it brings the Content-Security-Policy that it needs. */
  html?: string;
  /** A table in place of a body, to be saved under this name; in parts where it may be long. */
  csv?: { name: string; text: string | AsyncIterable<string> };
  /** A document in place of a body, to be saved under this name. */
  pdf?: { name: string; bytes: Uint8Array };
  /** A picture in place of a body; made by okPicture(). */
  picture?: { type: PictureType; bytes: Uint8Array };
  headers?: Record<string, string>;
  cookies?: readonly string[];
}

/** Parsed input of a handler: nothing of Express. */
interface Input<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Of the If-Match header; present where the route asks for it. */
  ifMatch: number;
  headers: Readonly<Record<string, string | undefined>>;
  /** Aborts when the client leaves: nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Of a route that people call with an access token. */
interface FromPerson<Act extends AuditAct> {
  actor: Actor;
  /** With what writes down the acts that the route declares. */
  scope: ActingScope<Act>;
  /** As the registry had it when the request was let in. */
  tenant: RegisteredTenant;
}

/** Of a route that is open to everyone: the handler learns who acts, and for which tenant. */
interface FromAnybody<Act extends AuditAct> {
  actAs: ActAs<Act>;
}

/** Of an internal route, called by a workload of the cluster. */
interface FromWorkload<Act extends AuditAct> {
  workload: Workload;
  /** The workload acts for that tenant. */
  actFor: (tenantId: string) => ActingScope<Act>;
}

/** A write that leaves no trace in the audit trail, and why nobody will ask for one. */
interface NotAudited {
  none: string;
}

/** A route that writes says what its acts are called, or why they are not written down; most of those that read have none. */
type Declared<Act extends AuditAct> =
  | { method: 'get'; audit?: readonly [Act, ...Act[]] }
  | { method: Exclude<Method, 'get'>; audit: readonly [Act, ...Act[]] | NotAudited };

interface Described {
  /** Below /api/<service>, or below /internal for internal routes; parameters as {name}. */
  path: `/v1/${string}`;
  summary: string;
  responses: Record<number, z.ZodType | null>;
  /** Its 200 carries the ETag of a version: it is made by okVersion(). */
  versioned?: boolean;
  /** Its 200 is a picture, made by okPicture(). */
  picture?: PictureType;
  /** A change names the version that was read, as If-Match. */
  ifMatch?: 'required';
  /** It may answer long after it let somebody in: who was put out meanwhile is not answered. */
  waits?: boolean;
  /** Of the body, where the usual 64 KiB are not enough. */
  mostBodyBytes?: number;
  /** Throws where a body, byte for byte, is not by whom its headers say; before anything of it is parsed. */
  verifyBody?: BodyVerifier;
}

/** Everything that can be mounted; made by the makers below only. */
export interface Route extends Described {
  method: Method;
  audit?: readonly AuditAct[] | NotAudited;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  access:
    | { kind: 'permission'; permission: Permission }
    | { kind: 'public'; limit: StrangerLimit | 'none' }
    | { kind: 'internal'; callers: readonly string[] };
  /** Its Idempotency-Key is mandatory; effect and answer are one transaction. */
  idempotent: boolean;
  handler: (input: never, transaction: Transaction) => Promise<Answer> | Answer;
}

/** What tells one kind of route from another: what it declares of its callers, and what its handler learns of them. */
interface Kinds<Act extends AuditAct> {
  person: { declared: { permission: Permission }; received: FromPerson<Act> };
  idempotent: { declared: { permission: Permission }; received: FromPerson<Act> };
  anybody: { declared: { limit?: StrangerLimit | 'none' }; received: FromAnybody<Act> };
  workload: { declared: { callers: readonly string[] }; received: FromWorkload<Act> };
}
type Kind = keyof Kinds<never>;

type Infer<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** The one signature of all makers. */
type Maker<Of extends Kind> = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  const Act extends AuditAct = never,
>(
  declaration: Described &
    Declared<Act> &
    Kinds<Act>[Of]['declared'] & {
      params?: Params;
      query?: Query;
      body?: Body;
      handler: (
        input: Input<Infer<Params>, Infer<Query>, Infer<Body>> & Kinds<Act>[Of]['received'],
        ...transaction: Of extends 'idempotent' ? [Transaction] : []
      ) => Promise<Answer> | Answer;
    },
) => Route;

const maker =
  <Of extends Kind>(
    accessOf: (declared: Kinds<AuditAct>[Of]['declared']) => Route['access'],
    { idempotent }: { idempotent: boolean } = { idempotent: false },
  ): Maker<Of> =>
  (declaration) => ({
    ...(declaration as unknown as Route),
    access: accessOf(declaration),
    idempotent,
  });

export const route = maker<'person'>(({ permission }) => ({ kind: 'permission', permission }));

/** A POST with money or provisioning behind it: Idempotency-Key is mandatory, effect and answer are one transaction. */
export const idempotentRoute = maker<'idempotent'>(({ permission }) => ({ kind: 'permission', permission }), {
  idempotent: true,
});

/**
 * Open to everyone: sign-in and keys. `limit: 'none'` is for an answer that costs no more than a refusal would: a limit
 * there would protect nothing, and could be used up for everybody else of an address.
 */
export const publicRoute = maker<'anybody'>(({ limit = {} }) => ({ kind: 'public', limit }));

/** For other services and jobs; callers are service accounts as `namespace/name`, `*` in place of the namespace for jobs. */
export const internalRoute = maker<'workload'>(({ callers }) => ({ kind: 'internal', callers }));

/** The acts that a route declares; none for one that reads, or says why it is not audited. */
export const actsOf = ({ audit }: Pick<Route, 'audit'>): readonly AuditAct[] =>
  audit === undefined || 'none' in audit ? [] : audit;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** With the strong ETag of the row's version. */
export const okVersion = (body: { version: number }): Answer => ({
  status: 200,
  body,
  headers: { etag: versionTag(body.version) },
});

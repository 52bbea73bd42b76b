import type { z } from 'zod';
import type { Permission } from '../contract/permissions.ts';
import type { Actor } from '../auth/actor.ts';
import type { Workload } from '../auth/service-token.ts';
import type { Scope, TenantDatabase } from '../db/tenant-database.ts';
import type { RegisteredTenant } from '../db/tenant-registry.ts';
import type { Transaction } from '../db/transaction.ts';
import type { StrangerLimit } from './stranger-limits.ts';
import { versionTag } from './version-tag.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler answers; `location` and `cookies` for the few routes that a browser follows. */
export interface Answer {
  status: number;
  body?: unknown;
  /** A page in place of a body, for a person whose browser came here; it brings the Content-Security-Policy that it needs. */
  html?: string;
  headers?: Record<string, string>;
  cookies?: readonly string[];
}

type Infer<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** Parsed input of a handler: nothing of Express. */
export interface Input<Params, Query, Body> {
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
export interface PersonInput<Params, Query, Body> extends Input<Params, Query, Body> {
  actor: Actor;
  scope: Scope;
  /** As the registry had it when the request was let in. */
  tenant: RegisteredTenant;
}

/** Of an internal route, called by a workload of the cluster. */
export interface WorkloadInput<Params, Query, Body> extends Input<Params, Query, Body> {
  workload: Workload;
}

interface Described {
  method: Method;
  /** Below /api/<service>, or below /internal for internal routes; parameters as {name}. */
  path: `/v1/${string}`;
  summary: string;
  responses: Record<number, z.ZodType | null>;
  /** Its 200 carries the ETag of a version: it is made by okVersion(). */
  versioned?: boolean;
  /** It may answer long after it let somebody in: who was put out meanwhile is not answered. */
  waits?: boolean;
  /** Of the body, where the usual 64 KiB are not enough. */
  mostBodyBytes?: number;
}

interface Schemas<Params, Query, Body> {
  params?: Params;
  query?: Query;
  body?: Body;
}

type Handler<Received> = (input: Received) => Promise<Answer> | Answer;

/** Runs inside the transaction that also stores the answer under the request's Idempotency-Key. */
export type IdempotentHandler<Params, Query, Body> = (
  input: PersonInput<Params, Query, Body>,
  transaction: Transaction,
) => Promise<Answer>;

/** Everything that can be mounted; made by route(), publicRoute() and internalRoute() only. */
export interface Route extends Described {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  access:
    | { kind: 'permission'; permission: Permission }
    | { kind: 'public'; limit: StrangerLimit | 'none' }
    | { kind: 'internal'; callers: readonly string[] };
  requiresVersion: boolean;
  idempotency?: { database: TenantDatabase };
  handler: (input: never, transaction?: Transaction) => Promise<Answer> | Answer;
}

type RouteOptions = { ifMatch?: 'required' };

export const route = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  declaration: Described &
    Schemas<Params, Query, Body> &
    RouteOptions & {
      permission: Permission;
      handler: Handler<PersonInput<Infer<Params>, Infer<Query>, Infer<Body>>>;
    },
): Route => {
  const { permission, ifMatch, ...rest } = declaration;
  return {
    ...(rest as unknown as Route),
    access: { kind: 'permission', permission },
    requiresVersion: ifMatch === 'required',
  };
};

/** A POST with money or provisioning behind it: Idempotency-Key is mandatory, effect and answer are one transaction. */
export const idempotentRoute = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  declaration: Described &
    Schemas<Params, Query, Body> &
    RouteOptions & {
      permission: Permission;
      database: TenantDatabase;
      handler: IdempotentHandler<Infer<Params>, Infer<Query>, Infer<Body>>;
    },
): Route => {
  const { permission, database, ifMatch, ...rest } = declaration;
  return {
    ...(rest as unknown as Route),
    access: { kind: 'permission', permission },
    requiresVersion: ifMatch === 'required',
    idempotency: { database },
  };
};

/**
 * Open to everyone: sign-in and keys. `limit: 'none'` is for an answer that costs no more than a refusal would: a limit
 * there would protect nothing, and could be used up for everybody else of an address.
 */
export const publicRoute = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  declaration: Described &
    Schemas<Params, Query, Body> & {
      limit?: StrangerLimit | 'none';
      handler: Handler<Input<Infer<Params>, Infer<Query>, Infer<Body>>>;
    },
): Route => {
  const { limit = {}, ...rest } = declaration;
  return { ...(rest as unknown as Route), access: { kind: 'public', limit }, requiresVersion: false };
};

/** For other services and jobs; callers are service accounts as `namespace/name`, `*` in place of the namespace for jobs. */
export const internalRoute = <
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  declaration: Described &
    Schemas<Params, Query, Body> & {
      callers: readonly string[];
      handler: Handler<WorkloadInput<Infer<Params>, Infer<Query>, Infer<Body>>>;
    },
): Route => {
  const { callers, ...rest } = declaration;
  return { ...(rest as unknown as Route), access: { kind: 'internal', callers }, requiresVersion: false };
};

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });

/** With the strong ETag of the row's version. */
export const okVersion = (body: { version: number }): Answer => ({
  status: 200,
  body,
  headers: { etag: versionTag(body.version) },
});

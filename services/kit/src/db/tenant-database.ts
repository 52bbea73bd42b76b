import { sqlState } from './database-error.ts';
import type { DatabasePool } from './pool.ts';
import type { Sql } from './sql.ts';
import { awaitedWrite, pipelinedRead, type Transaction } from './transaction.ts';

/** Whose rows a piece of work may touch; customerId narrows it to one customer (guests). */
export interface Scope {
  tenantId: string;
  customerId?: string | undefined;
}

/** The only way from a store to rows. */
export interface TenantDatabase {
  read<Row>(scope: Scope, statement: Sql<Row>): Promise<Row[]>;
  /** Several statements in one snapshot-free transaction and one round trip. */
  readAll<Rows extends readonly unknown[]>(
    scope: Scope,
    statements: { [Index in keyof Rows]: Sql<Rows[Index]> },
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }>;
  /** One transaction; repeated as a whole, three times at most, when the server asks for it (40001, 40P01). */
  write<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const checked = (scope: Scope): Scope => {
  if (uuidPattern.test(scope.tenantId) && (scope.customerId === undefined || uuidPattern.test(scope.customerId)))
    return scope;
  throw new TypeError('A scope needs a tenant id');
};

// In the text of `begin`, by the simple protocol: one message and one answer less than a statement of its own, which is
// a tenth of a short transaction. What is put into the text are ids that are proven to be nothing else.
const servicePrologue = (scope: Scope): string => {
  const { tenantId, customerId } = checked(scope);
  const narrowed = customerId === undefined ? '' : `; set local app.customer_id = '${customerId}'`;
  return `set local role app_service; set local app.tenant_id = '${tenantId}'${narrowed}`;
};

const attempts = 3;

const repeated = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const state = sqlState(error);
      if (attempt === attempts || (state !== '40001' && state !== '40P01')) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt));
    }
  }
};

const databaseOver = (pool: DatabasePool, prologue: (scope: Scope) => string | undefined): TenantDatabase => ({
  read: async <Row>(scope: Scope, statement: Sql<Row>) => {
    const [rows = []] = await pipelinedRead(pool, prologue(scope), [statement]);
    return rows as Row[];
  },
  readAll: async (scope, statements) => (await pipelinedRead(pool, prologue(scope), statements)) as never,
  write: (scope, work) => repeated(() => awaitedWrite(pool, prologue(scope), work)),
});

/** For services: their own login, every transaction under app_service and the scope's tenant. */
export const serviceDatabase = (pool: DatabasePool): TenantDatabase => databaseOver(pool, servicePrologue);

/** For a tenant's jobs: the login itself is the scope (app.session_tenant()); another tenant's scope is a bug. */
export const jobDatabase = (pool: DatabasePool, tenantId: string): TenantDatabase =>
  databaseOver(pool, (scope) => {
    if (checked(scope).tenantId !== tenantId) throw new TypeError('A job works for its own tenant only');
    return undefined;
  });

/** For the few paths across tenants, each named by its reason; bound by the explicit policies of app_platform. */
export interface PlatformDatabase {
  read<Row>(reason: string, statement: Sql<Row>): Promise<Row[]>;
  write<T>(reason: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

const reasonPattern = /^[a-z -]{1,60}$/;

const platformPrologue = (reason: string): string => {
  if (!reasonPattern.test(reason)) throw new TypeError('A reason is a few words in small letters');
  return `set local role app_platform; set local app.platform_reason = '${reason}'`;
};

export const platformDatabase = (pool: DatabasePool): PlatformDatabase => ({
  read: async <Row>(reason: string, statement: Sql<Row>) => {
    const [rows = []] = await pipelinedRead(pool, platformPrologue(reason), [statement]);
    return rows as Row[];
  },
  write: (reason, work) => repeated(() => awaitedWrite(pool, platformPrologue(reason), work)),
});

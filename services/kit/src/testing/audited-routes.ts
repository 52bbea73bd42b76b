import type pg from 'pg';
import { expect, it } from 'vitest';
import type { AuditAct } from '../contract/audit-acts.ts';
import { AuditPayload } from '../contract/audit-payload.ts';
import { actsOf, type Route } from '../http/route.ts';

type DeclaredAct = `${string} ${string}: ${AuditAct}`;

const declaredActsOf = (route: Route): DeclaredAct[] =>
  actsOf(route).map((act): DeclaredAct => `${route.method} ${route.path}: ${act}`);

/** What was written down since the database was made, oldest first. */
export const auditedIn = async (administrator: pg.Client): Promise<(AuditPayload & { tenantId: string })[]> => {
  const { rows } = await administrator.query<{ tenant_id: string; payload: unknown }>(
    "select tenant_id, payload from app.outbox where topic = 'audit' order by tx, seq",
  );
  return rows.map(({ tenant_id: tenantId, payload }) => ({ tenantId, ...AuditPayload.parse(payload) }));
};

/**
 * Every act that a route declares, done once through that route: it is written down with its author and the request that did it,
 * and its plain fields hold no secret. A declared act that is not in the table fails. Registers tests; call it in a describe.
 */
export const auditedRoutes = (
  routes: readonly Route[],
  /** Does the act; throws where it was not done. */
  acts: Readonly<Record<string, () => Promise<unknown>>>,
  context: () => { administrator: pg.Client; tenantId: string; secrets?: readonly string[] },
): void => {
  const declared = routes.flatMap(declaredActsOf);

  it('are told of every act', () => expect(Object.keys(acts).toSorted()).toEqual(declared.toSorted()));

  it.each(declared)('%s', async (name) => {
    const { administrator, tenantId, secrets = [] } = context();
    const before = (await auditedIn(administrator)).length;
    await acts[name]?.();
    const written = (await auditedIn(administrator)).slice(before);
    const act = name.split(': ')[1];
    expect(written.map((entry) => entry.act)).toContain(act);
    for (const entry of written.filter((one) => one.act === act)) {
      expect(entry.tenantId).toBe(tenantId);
      expect(entry.author.name).not.toBe('');
      if (entry.author.kind === 'member') expect(entry.author.email).toMatch(/@/);
      expect(entry.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(entry.traceId).toMatch(/^[0-9a-f]{32}$/);
      for (const secret of secrets) expect(JSON.stringify(entry)).not.toContain(secret);
    }
  });

  it('are declared by every route that writes, or say why not', () => {
    const silent = routes.filter(({ method, audit }) => method !== 'get' && audit === undefined);
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    for (const { audit } of routes)
      if (audit !== undefined && 'none' in audit) expect(audit.none.length).toBeGreaterThan(10);
  });
};

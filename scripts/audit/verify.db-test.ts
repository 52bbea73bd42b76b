import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { anEntry, auditWorld, type AuditWorld } from '../../services/portal/src/testing/audit-world.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await auditWorld();
  await world.bring('billing', [anEntry(world.tenantId), anEntry(world.tenantId), anEntry(world.other)]);
});
afterAll(() => world.close());

const verify = async (url: string) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'verify.ts')], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const status = new Promise((resolve) => child.on('exit', resolve));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, lines: out.trim().split('\n'), error };
};

describe('npm run audit:verify', () => {
  it('counts the entries of each organisation, and says how its trail ends', async () => {
    const { status, lines } = await verify(world.database.url('svc_portal', testPassword));
    expect(lines).toEqual([
      expect.stringMatching(/^northwind: 2 right, ends with [0-9a-f]{64}$/),
      expect.stringMatching(/^tailspin: 1 right, ends with [0-9a-f]{64}$/),
      '3 entries of 2 organisations: every trail holds',
    ]);
    expect(status).toBe(0);
  });

  it('names the first entry that does not hold, and ends with status 1', async () => {
    await world.forge(
      `update portal.audit_entries set author_name = 'Eve' where tenant_id = '${world.tenantId}' and position = 2`,
    );
    const { status, lines } = await verify(world.database.url());
    expect(lines[0]).toMatch(/^northwind: 1 right, then broken at entry 2: it was changed/);
    expect(lines[1]).toMatch(/^tailspin: 1 right/);
    expect(status).toBe(1);
  });

  it('ends with status 2 where there is nothing to read, and says so', async () => {
    const { status, error } = await verify('postgres://nobody@127.0.0.1:1/portal_db');
    expect([status, error]).toEqual([2, expect.stringContaining('could not be read')]);
  });
});

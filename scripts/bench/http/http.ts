import { mkdir } from 'node:fs/promises';
import { portChooser } from '../../loopback/ports.ts';
import { benchDatabase } from '../bench-database.ts';
import { startContender, type Contender } from './contender.ts';
import { inTurns, load } from './in-turns.ts';
import { portalContender } from './portal-contender.ts';
import { standings } from './standings.ts';
import { tokenIssuer } from './tokens.ts';

const rowsOf = (answer: string): unknown => {
  const { data } = JSON.parse(answer) as { data: { id: string; name: string }[] };
  return data.map(({ id, name }) => [id, name]);
};

// A contender that answers something else would win or lose by that.
const requireSameRows = async ([first, ...others]: readonly Contender[]): Promise<void> => {
  const wanted = JSON.stringify(rowsOf((await first?.sample()) ?? ''));
  for (const other of others)
    if (JSON.stringify(rowsOf(await other.sample())) !== wanted) throw new Error(`${other.name} lists other rows`);
};

/**
 * GET /customers?limit=20 of the real portal service, beside a bare handler that does the same transaction, and beside the
 * same list as others build it. With `profileDirectory` each writes a profile of its processor time there.
 */
export const benchHttp = async ({ profileDirectory }: { profileDirectory?: string | undefined }): Promise<boolean> => {
  if (profileDirectory !== undefined) await mkdir(profileDirectory, { recursive: true });
  const issuer = 'http://bench.test';
  const database = await benchDatabase();
  const tokens = await tokenIssuer(issuer);
  const { choose } = portChooser(() => undefined);
  const port = (): Promise<number> => choose('bench', 0);
  const contenders: Contender[] = [];
  try {
    const bearers = await Promise.all(
      database.tenantIds.map(async (id) => ({ authorization: `Bearer ${await tokens.tokenFor(id)}` })),
    );
    const common = {
      DATABASE_URL: database.serviceUrl,
      ACCESS_TOKEN_ISSUER: issuer,
      ACCESS_TOKEN_KEYS_URL: tokens.keysUrl,
    };
    const other = async (name: string, script: string): Promise<Contender> => {
      const own = String(await port());
      return startContender({
        name,
        script: `scripts/bench/http/${script}.ts`,
        environment: { ...common, PORT: own },
        url: `http://127.0.0.1:${own}/customers?limit=20`,
        headers: script === 'bare-server' ? database.tenantIds.map((tenantId) => ({ 'x-tenant': tenantId })) : bearers,
        profileDirectory,
      });
    };
    contenders.push(
      await other('bare node:http + pg', 'bare-server'),
      await portalContender('portal service', { issuer, database, tokens, port, profileDirectory }),
      await other('Fastify + Kysely', 'fastify-kysely'),
      await other('Express + Drizzle', 'express-drizzle'),
    );
    await requireSameRows(contenders);
    return standings(
      contenders.map(({ name }) => name),
      await inTurns(contenders),
      {
        title: `http: list of 20 rows, ${load.connections} connections, ${database.tenantIds.length} tenants`,
        floor: 'the bare one',
        target: 0.7,
        leads: true,
      },
    );
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    tokens.close();
    await database.stop();
  }
};

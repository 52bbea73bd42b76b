import { mkdir } from 'node:fs/promises';
import { portChooser } from '../../loopback/ports.ts';
import { benchDatabase } from '../bench-database.ts';
import { startContender, type Contender, type Measured } from './contender.ts';
import { standings } from './standings.ts';
import { tokenIssuer } from './tokens.ts';

const load = { connections: 32, seconds: 2 };
const rounds = 9;

/** All measure in turns, each time another one first: a machine that slows down slows all. */
const inTurns = async (contenders: readonly Contender[]): Promise<Measured[][]> => {
  for (const contender of contenders) await contender.measure(load);
  const measured: Measured[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (round + turn) % contenders.length;
      const figure = await contenders[index]?.measure(load);
      if (figure) measured[index]?.push(figure);
    }
  }
  return measured;
};

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
    const own = String(await port());
    contenders.push(
      await other('bare node:http + pg', 'bare-server'),
      await startContender({
        name: 'portal service',
        script: 'services/portal/src/main.ts',
        environment: {
          ...common,
          LOG_LEVEL: 'error',
          PORT: own,
          INTERNAL_PORT: String(await port()),
          MANAGEMENT_PORT: String(await port()),
          REQUIRE_SAFE_POSTGRES: 'false',
          SERVICE_TOKEN_ISSUER: issuer,
          SERVICE_TOKEN_KEYS_URL: tokens.keysUrl,
          BILLING_INTERNAL_URL: issuer,
          BILLING_TOKEN_PATH: '/dev/null',
          CATALOG_INTERNAL_URL: issuer,
          CATALOG_TOKEN_PATH: '/dev/null',
          AUTH_INTERNAL_URL: tokens.url,
          AUTH_TOKEN_PATH: '/dev/null',
          READINESS_DELAY_MS: '0',
        },
        url: `http://127.0.0.1:${own}/api/portal/v1/customers?limit=20`,
        headers: bearers,
        profileDirectory,
      }),
      await other('Fastify + Kysely', 'fastify-kysely'),
      await other('Express + Drizzle', 'express-drizzle'),
    );
    await requireSameRows(contenders);
    return standings(
      contenders.map(({ name }) => name),
      await inTurns(contenders),
      {
        title: `http: list of 20 rows, ${load.connections} connections, ${database.tenantIds.length} tenants`,
        target: 0.7,
      },
    );
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
    tokens.close();
    await database.stop();
  }
};

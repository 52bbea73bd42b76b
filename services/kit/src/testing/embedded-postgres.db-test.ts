import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from './embedded-postgres.ts';

it('takes the password of whoever keeps it elsewhere, and says when the server has ended by itself', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-embedded-'));
  const server = await startPostgres({ directory, durable: false, password: 'of-a-secret' });
  const url = new URL(server.administratorUrl('postgres'));
  expect(url.password).toBe('of-a-secret');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.end();
  const [pid] = (await readFile(join(directory, 'data/postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGINT');
  await server.ended;
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

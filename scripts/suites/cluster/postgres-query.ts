import { surroundingsNamespace, type Platform } from './platform.ts';
import { evaluateIn, runningPod } from './pods.ts';

/** A query as PostgreSQL's administrator, in its own pod: row security does not hold there. */
export const postgresQuery = async <Row>({ machine }: Platform, database: string, text: string): Promise<Row[]> => {
  const program = `
    import pg from 'pg';
    import { readFileSync } from 'node:fs';
    const password = readFileSync('/var/run/surroundings/secrets/postgres-password', 'utf8');
    const client = new pg.Client({ host: '127.0.0.1', user: 'postgres', password, database: ${JSON.stringify(database)} });
    await client.connect();
    const { rows } = await client.query(${JSON.stringify(text)});
    await client.end();
    console.log(JSON.stringify(rows));`;
  return evaluateIn<Row[]>(machine, await runningPod(machine, surroundingsNamespace, 'postgres'), program);
};

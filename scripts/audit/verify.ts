import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoints } from '../local/endpoints.ts';
import { verifyTrail } from './verify-trail.ts';

const usage = `Usage: npm run --silent audit:verify
Follows the audit trail of every organisation in portal_db: that of the platform that runs on this machine, or the one at
DATABASE_URL, whose login may set the role app_service (svc_portal can). Ends with status 1 where a trail is broken, and with 2
where it could not be read.
`;

const endpointsPath = join(import.meta.dirname, '../../.legendops/endpoints.json');

const databaseUrl = async (): Promise<string> => {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const text = await readFile(endpointsPath, 'utf8').catch(() => {
    throw new Error('No platform runs on this machine: start it with npm start, or set DATABASE_URL to a portal_db');
  });
  return (JSON.parse(text) as Endpoints).postgres.portal_db;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

if (process.argv.length > 2) {
  process.stdout.write(usage);
  process.exitCode = process.argv[2] === '--help' ? 0 : 2;
} else {
  try {
    const holds = await verifyTrail(await databaseUrl(), (line) => process.stdout.write(`${line}\n`));
    process.exitCode = holds ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The audit trail could not be read: ${messageOf(error)}\n`);
    process.exitCode = 2;
  }
}

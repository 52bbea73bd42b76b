import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import { startPostgres, type PostgresServer } from '@legendops/kit/testing/embedded-postgres';
import pg from 'pg';

/** Each finished segment of the log goes into the folder before PostgreSQL uses its file again. */
export const archivingInto = (archive: string): Record<string, string> => ({
  archive_mode: 'on',
  archive_command: `cp %p ${archive}/%f`,
});

// What a copy does without: the log comes from the archive, and the rest is of the server that runs.
const notCopied = new Set(['pg_wal', 'postmaster.pid', 'postmaster.opts', 'pg_stat_tmp', 'pgsql_tmp', 'pg_replslot']);

/** A copy of the data directory of a server that goes on working, as PostgreSQL's own programs make one. */
export const baseBackup = async (
  administratorUrl: string,
  { data, to }: { data: string; to: string },
): Promise<void> => {
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('drill', true)`);
    await cp(data, to, { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
    await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
    for (const name of ['pg_wal', 'pg_replslot', 'pg_stat_tmp']) await mkdir(join(to, name), { recursive: true });
  } finally {
    await client.end();
  }
};

/** What the copy and the archive give of a moment, in place of the data of a server that has ended; it runs and takes writes. */
export const restoreTo = async (
  directory: string,
  { backup, archive, at }: { backup: string; archive: string; at: string },
): Promise<PostgresServer> => {
  const data = join(directory, 'data');
  await rm(data, { recursive: true });
  await cp(backup, data, { recursive: true, preserveTimestamps: true });
  await writeFile(join(data, 'recovery.signal'), '');
  const server = await startPostgres({
    directory,
    durable: true,
    settings: {
      restore_command: `cp ${archive}/%f %p`,
      recovery_target_time: at,
      recovery_target_action: 'promote',
    },
  });
  const client = new pg.Client({ connectionString: server.administratorUrl('postgres') });
  await client.connect();
  try {
    await eventually('the server has recovered', async () => {
      const { rows } = await client.query<{ recovers: boolean }>('select pg_is_in_recovery() as recovers');
      return rows[0]?.recovers === false;
    });
  } finally {
    await client.end();
  }
  return server;
};

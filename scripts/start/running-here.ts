import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface RunningHere {
  /** Removes whatever else is in the folder. */
  clear(): Promise<void>;
  free(): Promise<void>;
}

// The lock of a file that SQLite holds is the kernel's: it ends with its process, however that ends, and no other process
// can come to have it as one can come to have a number.
const lock = (file: string): DatabaseSync | undefined => {
  const database = new DatabaseSync(file);
  try {
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message === 'database is locked') return undefined;
    throw error;
  }
};

/** Only one platform may use a state folder at a time. Throws when another one is alive there. */
export const onlyOneHere = async (directory: string): Promise<RunningHere> => {
  const lockFile = join(directory, 'lock');
  const pidFile = join(directory, 'pid');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const held = lock(lockFile);
  if (!held) {
    const pid = await readFile(pidFile, 'utf8').catch(() => 'unknown');
    throw new Error(
      `LegendOps is running here already (process ${pid}, which holds ${lockFile}). Stop it first, with Ctrl-C where it runs, or choose another folder with --state.`,
    );
  }
  const keepPid = (): Promise<void> => writeFile(pidFile, String(process.pid));
  await keepPid();
  return {
    clear: async () => {
      for (const name of await readdir(directory))
        if (name !== 'lock') await rm(join(directory, name), { recursive: true, force: true });
      await keepPid();
    },
    free: async () => {
      await rm(pidFile, { force: true });
      held.close();
    },
  };
};

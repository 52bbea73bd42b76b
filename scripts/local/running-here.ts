import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Only one platform may use a state folder at a time. Throws when another one is alive there. */
export const onlyOneHere = async (directory: string): Promise<{ hold(): Promise<void>; free(): Promise<void> }> => {
  const file = join(directory, 'pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  if (pid > 0 && pid !== process.pid && isAlive(pid))
    throw new Error(`LegendOps is running here already (process ${pid}). Stop it first, with Ctrl-C where it runs.`);
  return {
    hold: async () => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFile(file, String(process.pid));
    },
    free: () => rm(file, { force: true }),
  };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

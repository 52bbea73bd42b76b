import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '@legendops/kit/errors/reason-of';
import pg from 'pg';

/** `host:port`, which tells servers apart. */
export const serverOf = (url: string): string => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '5432'}`;
};

export const connected = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Connects as soon as the server answers; every new reason why not is a line. */
export const connectedWithin = async (
  url: string,
  { waitMs, everyMs = 2_000, say }: { waitMs: number; everyMs?: number; say: (line: string) => void },
): Promise<pg.Client> => {
  const until = performance.now() + waitMs;
  let told = '';
  for (;;) {
    try {
      return await connected(url);
    } catch (error) {
      const reason = reasonOf(error);
      if (performance.now() >= until) throw new Error(`${serverOf(url)} cannot be used: ${reason}`, { cause: error });
      if (reason !== told) say(`waiting for ${serverOf(url)}: ${reason}`);
      told = reason;
    }
    await pause(everyMs);
  }
};

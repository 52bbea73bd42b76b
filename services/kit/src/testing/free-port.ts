import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

// Below the ports that Linux and macOS give to outgoing connections: one of those may be taken at any moment by anybody
// who calls anybody.
const lowest = 20_000;
const highest = 32_000;

// A machine without IPv6 has nobody there who could answer first.
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Listens there; undefined where somebody else does. */
const take = (host: string, port: number): Promise<Server | 'absent' | undefined> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(absent.has(code ?? '') ? 'absent' : undefined));
    server.listen(port, host, () => resolve(server));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** A port that is ours from now on. */
export interface HeldPort {
  port: number;
  /** Lets go of it, for whoever is about to listen there. */
  release: () => Promise<void>;
}

/** Holds this very port; undefined where it is taken. We listen on 127.0.0.1 and are called localhost, which browsers look for at ::1 first. */
export const holdPort = async (port: number): Promise<HeldPort | undefined> => {
  const servers: Server[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map(close));
  };
  for (const host of ['127.0.0.1', '::1']) {
    const taken = await take(host, port);
    if (taken === undefined) {
      await release();
      return undefined;
    }
    if (taken !== 'absent') servers.push(taken);
  }
  return { port, release };
};

/** Holds a port that nobody has. */
export const holdAnyPort = async (): Promise<HeldPort> => {
  for (;;) {
    const held = await holdPort(randomInt(lowest, highest));
    if (held) return held;
  }
};

/** A port that nobody listens on at the moment, for whoever listens there at once. */
export const freePort = async (): Promise<number> => {
  const { port, release } = await holdAnyPort();
  await release();
  return port;
};

import { createServer } from 'node:net';
import { freePort } from '@legendops/kit/testing/free-port';

// A machine without IPv6 has nobody there who could answer first.
const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const canListen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(absent.has(error.code ?? '')));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

// We listen on 127.0.0.1 and are called by the name localhost, which browsers look for at ::1 first.
const isFree = async (port: number): Promise<boolean> =>
  (await canListen('127.0.0.1', port)) && (await canListen('::1', port));

/** Chooses ports: the usual one where it is free, another where it is taken, never one twice. */
export const portChooser = (report: (line: string) => void) => {
  const asked = new Set<number>();
  const isOurs = (port: number): Promise<boolean> => {
    if (asked.has(port)) return Promise.resolve(false);
    asked.add(port);
    return isFree(port);
  };
  return async (name: string, usual: number): Promise<number> => {
    if (usual !== 0) {
      if (await isOurs(usual)) return usual;
      report(`port ${usual} of ${name} is taken, another one is used`);
    }
    for (;;) {
      const port = await freePort();
      if (await isOurs(port)) return port;
    }
  };
};

export type PortChooser = ReturnType<typeof portChooser>;

import { createServer } from 'node:net';
import { freePort } from '@legendops/kit/testing/free-port';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Chooses ports: the usual one where it is free, another where it is taken, never one twice. */
export const portChooser = (report: (line: string) => void) => {
  const given = new Set<number>();
  return async (name: string, usual: number): Promise<number> => {
    let port = usual;
    while (usual === 0 || given.has(port) || !(await isFree(port))) {
      if (usual !== 0 && port === usual) report(`port ${usual} of ${name} is taken, another one is used`);
      port = await freePort();
      if (!given.has(port)) break;
    }
    given.add(port);
    return port;
  };
};

export type PortChooser = ReturnType<typeof portChooser>;

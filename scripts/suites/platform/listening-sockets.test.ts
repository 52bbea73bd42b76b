import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { reachablePorts } from './listening-sockets.ts';

it.runIf(process.platform === 'linux')('finds the ports that the network reaches, and no other', async () => {
  const portAt = async (host: string) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  };
  const [closed, open] = [await portAt('127.0.0.1'), await portAt('0.0.0.0')];
  expect(reachablePorts()).toContain(open.port);
  expect(reachablePorts()).not.toContain(closed.port);
  closed.close();
  open.close();
});

import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type Listening = { port: number; close: () => Promise<void> };

type Address = {
  port?: number | undefined;
  host?: string | undefined;
  tls?: { cert: string; key: string } | undefined;
};

/** Serves HTTP, or HTTPS when given a certificate. Closing also ends connections that a client keeps alive. */
export async function listen(
  handler: RequestListener,
  { port = 0, host = '127.0.0.1', tls }: Address,
): Promise<Listening> {
  const server: Server = tls ? createHttpsServer(tls, handler) : createHttpServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

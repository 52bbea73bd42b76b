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

// A path of this server and nothing else: `//host` and `http://host` name another one, and some of them are no URL at all,
// for which a handler would throw where nobody catches it.
const isOwnPath = (target: string | undefined): boolean => /^\/(?![/\\])/.test(target ?? '');

const refusingOthers =
  (handler: RequestListener): RequestListener =>
  (request, response) => {
    if (isOwnPath(request.url)) handler(request, response);
    else response.writeHead(400, { 'content-type': 'text/plain' }).end('The target must be a path\n');
  };

/** Serves HTTP, or HTTPS when given a certificate; a request for anything but a path gets 400. Closing also ends connections that a client keeps alive. */
export async function listen(
  handler: RequestListener,
  { port = 0, host = '127.0.0.1', tls }: Address,
): Promise<Listening> {
  const served = refusingOthers(handler);
  const server: Server = tls ? createHttpsServer(tls, served) : createHttpServer(served);
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

import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hasOneHost } from '@legendops/kit/http/host-header';

export type Listening = { port: number; close: () => Promise<void> };

type Address = {
  port?: number | undefined;
  host?: string | undefined;
  tls?: { cert: string; key: string } | undefined;
};

// A path of this server and nothing else: `//host` and `http://host` name another one, and some of them are no URL at all,
// for which a handler would throw where nobody catches it.
const isOwnPath = (target: string | undefined): boolean => /^\/(?![/\\])/.test(target ?? '');

const say = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
};

/** A handler may be async, although Node waits for none. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

// What a handler throws is about its one request: outside of here it would end the process, and all of one machine with it.
const guarded =
  (handler: Handler): RequestListener =>
  (request, response) => {
    if (!isOwnPath(request.url)) return say(response, 400, 'The target must be a path');
    if (!hasOneHost(request)) return say(response, 400, 'There is more than one Host header');
    const answer = async (): Promise<unknown> => handler(request, response);
    answer().catch((error: unknown) => {
      process.stderr.write(
        `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
      if (response.headersSent) response.destroy();
      else say(response, 500, 'The request failed here; the log of this server says why');
    });
    return undefined;
  };

/**
 * Serves HTTP, or HTTPS when given a certificate. A request for anything but a path gets 400, one whose handler fails 500. Closing also ends
 * connections that a client keeps alive.
 */
export async function listen(handler: Handler, { port = 0, host = '127.0.0.1', tls }: Address): Promise<Listening> {
  const served = guarded(handler);
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

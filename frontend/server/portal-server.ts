import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveStatic } from './static-files.ts';

export interface PortalServer {
  port: number;
  /** /healthz refuses from now on; after the delay, in which endpoints drop this pod, no connection is taken any more. */
  drain(delayMs: number): Promise<void>;
}

// A path of this server and nothing else: `//host` and `http://host` name another one, and some of them are no URL at all.
const isOwnPath = (target: string | undefined): boolean => /^\/(?![/\\])/.test(target ?? '');

const say = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(`${text}\n`);
};

/** Serves the built portal and nothing else: what is below /api/ comes to the services by the gateway's routes. */
export const startPortalServer = async ({
  port,
  host,
  folder,
  mediaOrigin,
}: {
  port: number;
  host: string;
  folder: string;
  /** Where pictures and files are, where that is not the portal's own name. */
  mediaOrigin?: string | undefined;
}): Promise<PortalServer> => {
  let draining = false;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnPath(request.url)) return say(response, 400, 'The target must be a path');
    const { pathname } = new URL(request.url ?? '/', 'http://portal');
    if (pathname === '/healthz') return draining ? say(response, 503, 'draining') : say(response, 200, 'ok');
    if (pathname.startsWith('/api/')) return say(response, 404, 'The API is not served here');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(response, 405, 'Files are read here', { allow: 'GET, HEAD' });
    const acceptEncoding = request.headers['accept-encoding']?.toString();
    return serveStatic(folder, { pathname, acceptEncoding, mediaOrigin }, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  // A slow client holds nothing open for long, and a gateway's idle connection ends there before it does here.
  Object.assign(server, { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    drain: async (delayMs) => {
      draining = true;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      // A connection that was busy now is kept alive after its answer.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearInterval(idle);
    },
  };
};

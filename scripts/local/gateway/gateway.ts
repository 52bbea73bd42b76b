import { Agent, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../loopback/listen.ts';
import { serveStatic } from '@legendops/frontend/server/static-files';
import { mediaForwarder, mediaPath, type MediaBackend } from './media.ts';

export interface Backend {
  host: string;
  port: number;
}

export interface Gateway {
  url: string;
  close(): Promise<void>;
}

const publicPath = /^\/api\/([a-z]+)\//;

const refuse = (response: ServerResponse, status: number, title: string): void => {
  response
    .writeHead(status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify({ type: 'about:blank', title, status, code: 'service.unavailable', requestId: '' }));
};

const forward = (
  incoming: IncomingMessage,
  response: ServerResponse,
  { host, port, agent }: Backend & { agent: Agent },
): void => {
  // Appended, as every proxy does: services believe the last address and nothing that a client wrote before it.
  const before = incoming.headers['x-forwarded-for'];
  const address = incoming.socket.remoteAddress ?? '';
  const headers = {
    ...incoming.headers,
    'x-forwarded-for': before === undefined ? address : `${String(before)}, ${address}`,
  };
  const outgoing = send({ host, port, agent, method: incoming.method, path: incoming.url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // A service that dies in the middle of its answer: without this the browser would wait for the rest.
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 503, 'The service is not there at the moment');
  });
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
};

/** One address for browsers, as the HTTPRoutes of the charts give it: /api/<service>/ to the services, the rest the portal. */
export const startGateway = async ({
  port,
  host,
  services,
  portal,
  media,
}: {
  port: number;
  host?: string;
  /** Public ports by service; the internal ones are never routed. */
  services: ReadonlyMap<string, Backend>;
  /** Who serves the portal, or the folder that it was built into. */
  portal: Backend | { folder: string };
  /** Below /media/: where files of the catalog are put and read. */
  media?: MediaBackend;
}): Promise<Gateway> => {
  const agent = new Agent({ keepAlive: true });
  const blobs = media && mediaForwarder(media);
  const route = (incoming: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://gateway');
    const service = publicPath.exec(pathname)?.[1];
    const target = service === undefined ? undefined : services.get(service);
    if (target !== undefined) forward(incoming, response, { ...target, agent });
    else if (blobs !== undefined && mediaPath.test(pathname)) blobs.forward(incoming, response);
    else if (pathname.startsWith('/api/')) refuse(response, 404, 'There is no such service');
    else if ('host' in portal) forward(incoming, response, { ...portal, agent });
    else {
      const acceptEncoding = incoming.headers['accept-encoding']?.toString();
      return serveStatic(portal.folder, { pathname, acceptEncoding }, response);
    }
    return undefined;
  };
  const listening = await listen(route, { port, host });
  return {
    url: `http://localhost:${listening.port}`,
    close: async () => {
      await listening.close();
      agent.destroy();
      blobs?.close();
    },
  };
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request as send } from 'node:https';

export interface MediaBackend {
  /** Of the storage account. */
  url: string;
  /** Whom its certificate is by, where this process does not know. */
  ca?: string;
}

export const mediaPath = /^\/media\/(product-images|visio-stencils|documents)\/./;

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT']);
// Of the portal's own, which are nobody else's business.
const kept = new Set(['cookie', 'authorization', 'host', 'origin', 'referer']);

// What a file that somebody put there may do when a browser opens it by itself: nothing but be seen.
const inert = {
  'content-security-policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** As Front Door leads to the storage account: signed addresses of single blobs, by a name that is not the account's. */
export const mediaForwarder = ({ url, ca }: MediaBackend) => {
  const { hostname, port, pathname } = new URL(url);
  const agent = new Agent({ keepAlive: true, ...(ca !== undefined && { ca }) });
  return {
    forward: (incoming: IncomingMessage, response: ServerResponse): void => {
      if (!methods.has(incoming.method ?? '')) {
        response.writeHead(405, { allow: [...methods].join(', ') }).end();
        return;
      }
      const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !kept.has(name)));
      const path = `${pathname}${incoming.url?.slice('/media'.length) ?? ''}`;
      const outgoing = send({ hostname, port, path, agent, method: incoming.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...inert });
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      });
      outgoing.on('error', () => {
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(503, { 'content-type': 'text/plain' })
            .end('The blob storage is not there at the moment\n');
      });
      response.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    },
    close: (): void => agent.destroy(),
  };
};

import { createServer } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';
import { hasOneHost } from './host-header.ts';
import { listen, type Listening } from './listen.ts';

export interface Health {
  /** Each resolves when the service can do its work with it; the reason of a refusal stands in the answer by name only. */
  ready: Record<string, () => Promise<unknown>>;
  draining: () => boolean;
}

const readiness = async ({ ready, draining }: Health): Promise<{ status: number; body: Record<string, string> }> => {
  if (draining()) return { status: 503, body: { draining: 'yes' } };
  const names = Object.keys(ready);
  const results = await Promise.allSettled(names.map(async (name) => ready[name]?.()));
  const failed = names.filter((_, index) => results[index]?.status === 'rejected');
  return {
    status: failed.length === 0 ? 200 : 503,
    body: Object.fromEntries(names.map((name) => [name, failed.includes(name) ? 'failed' : 'ok'])),
  };
};

let collecting = false;

/** /livez, /readyz and /metrics on a port that is never routed from outside. Liveness never asks a dependency. */
export const startManagement = ({
  port,
  host,
  health,
}: {
  port: number;
  host: string;
  health: Health;
}): Promise<Listening> => {
  if (!collecting) collectDefaultMetrics();
  collecting = true;
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (!hasOneHost(request)) response.writeHead(400).end();
      else if (request.url === '/livez') response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      else if (request.url === '/readyz') {
        const { status, body } = await readiness(health);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      } else if (request.url === '/metrics') {
        response.writeHead(200, { 'content-type': register.contentType }).end(await register.metrics());
      } else response.writeHead(404).end();
    };
    answer().catch(() => response.destroy());
  });
  return listen(server, port, host);
};

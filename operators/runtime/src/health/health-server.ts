import { createServer } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { defaultMetrics } from '../metrics/runtime-metrics.ts';

export interface HealthOptions {
  port: number;
  /** The address to listen on; `0.0.0.0` or `::` for all, as in a container. */
  host: string;
  /** Whether work makes progress; a restart is the remedy where not. */
  live: () => boolean;
  /** Whether the caches have synced; true while waiting for leadership. */
  ready: () => boolean;
  /** What /metrics shows beside the process itself; by default what this runtime measures. */
  registries?: readonly Registry[];
}

/** /healthz, /readyz and /metrics of an operator. */
export const startHealth = ({
  port,
  host,
  live,
  ready,
  registries = [defaultMetrics.registry],
}: HealthOptions): Promise<{ port: number; close(): Promise<void> }> => {
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  const metrics = Registry.merge([ofProcess, ...registries]);
  const server = createServer((request, response) => {
    const state = (healthy: boolean) =>
      response.writeHead(healthy ? 200 : 503, { 'content-type': 'text/plain' }).end(healthy ? 'ok\n' : 'failed\n');
    if (request.url === '/healthz' || request.url === '/livez') state(live());
    else if (request.url === '/readyz') state(ready());
    else if (request.url === '/metrics') {
      metrics.metrics().then(
        (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    } else response.writeHead(404).end();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
};

import type { Server } from 'node:http';

export interface Listening {
  port: number;
  /** Stops accepting, ends idle connections, waits for running requests, cuts what is left after the budget. */
  close(budgetMs: number): Promise<void>;
}

/**
 * Listens with time-outs that a slow client cannot hold open (Node's defaults are 60 s for headers, 300 s in all), and looks
 * every second for whom they are over: by default that is every 30 s, so that ten of them were up to forty.
 */
export const listen = (server: Server, port: number, host: string): Promise<Listening> => {
  Object.assign(server, {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    maxRequestsPerSocket: 0,
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: (budgetMs) =>
          new Promise((closed) => {
            const cut = setTimeout(() => server.closeAllConnections(), budgetMs);
            // A connection that was busy now is kept alive after its answer, and would hold us for a minute.
            const idle = setInterval(() => server.closeIdleConnections(), 50);
            server.close(() => {
              clearTimeout(cut);
              clearInterval(idle);
              closed();
            });
          }),
      });
    });
  });
};

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface FaultyProxy {
  /** The database's URL, by way of this proxy. */
  url: string;
  /** What becomes of a connection when its client sends something that contains `word`. */
  atWord(word: string, fault: 'reset' | 'silence'): void;
  close(): void;
}

/** Stands between a pool and PostgreSQL: it cuts a connection, or lets it hang half-open, where it is told to. */
export const faultyProxy = async (databaseUrl: string): Promise<FaultyProxy> => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let armed: { word: string; fault: 'reset' | 'silence' } | undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let silent = false;
    client.on('data', (chunk) => {
      const fault = armed && chunk.includes(armed.word) ? armed.fault : undefined;
      if (fault === 'silence') silent = true;
      upstream.write(chunk);
      if (fault === 'reset') client.resetAndDestroy();
    });
    upstream.on('data', (chunk) => {
      if (!silent && !client.destroyed) client.write(chunk);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    atWord: (word, fault) => {
      armed = { word, fault };
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

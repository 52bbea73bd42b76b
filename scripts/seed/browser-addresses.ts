import { connect, createServer, type Server } from 'node:net';

/** An address as a browser on a developer's machine has it, and who answers there within the cluster. */
export interface BrowserAddress {
  url: string;
  host: string;
  port: number;
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });

/**
 * Makes the addresses of `localhost` answer in this pod as they do on the developer's machine, so that pages lead on from one
 * to the next as in a browser. Bytes are handed on as they are, until it is closed.
 */
export const answerAs = async (addresses: readonly BrowserAddress[]): Promise<{ close(): void }> => {
  const servers: Server[] = [];
  for (const { url, host, port } of addresses) {
    const { hostname, port: own } = new URL(url);
    if (hostname !== 'localhost') continue;
    const server = createServer((socket) => {
      const onward = connect({ host, port });
      const end = (): void => {
        socket.destroy();
        onward.destroy();
      };
      socket.on('error', end).on('close', end);
      onward.on('error', end).on('close', end);
      socket.pipe(onward).pipe(socket);
    });
    await listen(server, Number(own || 80));
    servers.push(server);
  }
  return {
    close: () => {
      for (const server of servers) server.close();
    },
  };
};

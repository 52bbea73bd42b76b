import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP relay on loopback that holds every byte for some milliseconds each way: the network that loopback lacks. */
export const delayProxy = async (port: number, delayMs: number): Promise<{ port: number; close(): Promise<void> }> => {
  const sockets = new Set<Socket>();
  const relay = (from: Socket, to: Socket): void => {
    from.setNoDelay(true);
    from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
    from.on('end', () => setTimeout(() => to.end(), delayMs));
    from.on('error', () => to.destroy());
  };
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    relay(client, upstream);
    relay(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

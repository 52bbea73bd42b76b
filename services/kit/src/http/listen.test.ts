import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listen, type Listening } from './listen.ts';
import { startManagement } from './management-server.ts';

let open: Listening | undefined;
afterEach(() => open?.close(0));

describe('closing a server', () => {
  const serve = async () => {
    const held: ServerResponse[] = [];
    open = await listen(
      createServer((_request, response) => void held.push(response)),
      0,
      '127.0.0.1',
    );
    const { port } = open;
    return { held, url: `http://127.0.0.1:${port}/`, server: open };
  };

  it('lets a running request end and takes no new one', async () => {
    const { held, url, server } = await serve();
    const running = fetch(url);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const closed = server.close(10_000);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    held[0]?.end('late but whole');
    expect(await (await running).text()).toBe('late but whole');
    await closed;
  });

  it('cuts what is left after the budget', async () => {
    const { held, url, server } = await serve();
    const stuck = fetch(url).catch((error: unknown) => error);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    await server.close(20);
    expect(await stuck).toBeInstanceOf(TypeError);
  });
});

it('a client that never ends its head is answered and let go soon after its time', async () => {
  const server = createServer();
  open = await listen(server, 0, '127.0.0.1');
  server.headersTimeout = 10;
  const socket = connect(open.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nhost: test\r\nx: ');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 408 /);
});

describe('the management port', () => {
  it('is alive whatever its dependencies, ready when they are, and not while draining', async () => {
    let draining = false;
    let database: () => Promise<unknown> = async () => 1;
    open = await startManagement({
      port: 0,
      host: '127.0.0.1',
      health: { ready: { database: () => database() }, draining: () => draining },
    });
    const url = `http://127.0.0.1:${open.port}`;
    const status = async (path: string): Promise<number> => (await fetch(url + path)).status;
    expect([await status('/livez'), await status('/readyz'), await status('/metrics')]).toEqual([200, 200, 200]);
    database = async () => {
      throw new Error('password=s3cret');
    };
    const failing = await fetch(`${url}/readyz`);
    expect([failing.status, await failing.json()]).toEqual([503, { database: 'failed' }]);
    expect(await status('/livez')).toBe(200);
    database = async () => 1;
    draining = true;
    expect([await status('/readyz'), await status('/livez')]).toEqual([503, 200]);
    expect(await status('/else')).toBe(404);
  });
});

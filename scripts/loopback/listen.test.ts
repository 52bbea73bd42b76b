import { afterEach, expect, it, vi } from 'vitest';
import { listen, type Handler, type Listening } from './listen.ts';

let server: Listening | undefined;
afterEach(() => server?.close());

const failures: [string, Handler][] = [
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('broken'))],
];

it.each(failures)(
  'a handler that %s answers 500 to its one request, and the next one is served',
  async (_how, fail) => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    server = await listen(
      (request, response) => (request.url === '/bad' ? fail(request, response) : response.end('good')),
      {},
    );
    const ask = (path: string) => fetch(`http://127.0.0.1:${server?.port}${path}`);
    const bad = await ask('/bad');
    expect([bad.status, await bad.text()]).toEqual([500, 'The request failed here; the log of this server says why\n']);
    expect(String(said.mock.calls[0]?.[0])).toContain('GET /bad: Error: broken');
    said.mockRestore();
    expect(await (await ask('/good')).text()).toBe('good');
  },
);

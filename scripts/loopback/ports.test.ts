import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { portChooser } from './ports.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

let others: Server[] = [];
afterEach(() => {
  for (const server of others) server.close();
  others = [];
});
const takenOn = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    others.push(server);
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
const chooser = () => {
  const said: string[] = [];
  return { said, ...portChooser((line) => said.push(line)) };
};

describe('the usual port', () => {
  it('is used while nobody has it, once', async () => {
    const port = await takenOn('127.0.0.1');
    others[0]?.close();
    const { choose, said } = chooser();
    expect(await choose('the portal', port)).toBe(port);
    expect(said).toEqual([]);
    expect(await choose('the mailbox', port)).not.toBe(port);
  });

  it.each(['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])])('is left to whom it belongs on %s', async (host) => {
    const port = await takenOn(host);
    const { choose, said } = chooser();
    expect(await choose('the portal', port)).not.toBe(port);
    expect(said).toEqual([`port ${port} of the portal is taken, another one is used`]);
  });
});

it('stays ours while it is held, and goes to whoever listens once it is released', async () => {
  const { hold } = chooser();
  const { port, release } = await hold('the portal', 0);
  const { choose, said } = chooser();
  expect(await choose('the mailbox', port)).not.toBe(port);
  expect(said).toEqual([`port ${port} of the mailbox is taken, another one is used`]);
  await release();
  expect(await chooser().choose('the portal', port)).toBe(port);
});

it('gives nobody the port of another, also to those who ask at once', async () => {
  const { choose } = chooser();
  const ports = await Promise.all(Array.from({ length: 20 }, () => choose('a service', 0)));
  expect(new Set(ports).size).toBe(20);
});

import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { messageOf } from '@legendops/kit/errors/message-of';
import { auditFeed } from '@legendops/kit/contract/audit-payload';
import { administrator, invoicesPath } from './first-invoice.ts';
import { platformNamespace, type Platform } from './platform.ts';

/** What came of requests: how many were answered, and what became of each other one. */
export interface Outcome {
  answered: number;
  failures: string[];
}

const atOnce = 12;

const page = async (url: string): Promise<void> => {
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
};

/** Asks every service and the portal's files through the Gateway, until both are true: so many answers, and the work is done. */
export const loadDuring = async (platform: Platform, least: number, work: () => Promise<void>): Promise<Outcome> => {
  const { portal } = platform.addresses;
  const admin = await administrator(platform);
  const requests: (() => Promise<unknown>)[] = [
    () => admin.get('portal/v1/customers?limit=20'),
    () => admin.get(invoicesPath),
    () => admin.get('catalog/v1/products?limit=20'),
    () => admin.get('auth/v1/members?limit=20'),
    () => page(`${portal}/`),
    () => page(`${portal}/favicon.svg`),
  ];
  const outcome: Outcome = { answered: 0, failures: [] };
  let sent = 0;
  let isDone = false;
  const ask = async (): Promise<void> => {
    while (sent < least || !isDone) {
      const request = requests[sent % requests.length];
      sent += 1;
      try {
        await request?.();
        outcome.answered += 1;
      } catch (error) {
        outcome.failures.push(messageOf(error));
      }
    }
  };
  const worked = work().finally(() => {
    isDone = true;
  });
  await Promise.all([worked, ...Array.from({ length: atOnce }, ask)]);
  return outcome;
};

const feedOwners = ['auth', 'billing', 'catalog'] as const;

/** Long polls as services send them to each other, which no Gateway routes; `end` waits for those under way. */
export const followFeeds = async ({ machine }: Platform): Promise<{ end(): Promise<Outcome> }> => {
  const inNamespace = ['-n', platformNamespace];
  const token: Record<string, string> = {};
  const feeds: { name: string; url: string }[] = [];
  for (const name of feedOwners) {
    const asked = ['create', 'token', 'portal', '--audience', `legendops-${name}`, '--duration', '1h'];
    token[name] = (await machine.kubectl([...inNamespace, ...asked])).trim();
    const address = await machine.kubectl([...inNamespace, 'get', 'service', name, '-o', 'jsonpath={.spec.clusterIP}']);
    feeds.push({ name, url: `http://${address}:8081/internal/v1/feed/${auditFeed.topic}?after=9999999999.0&wait=8` });
  }
  const program = join(import.meta.dirname, 'long-polls.mjs');
  const child = machine.enter([process.execPath, program, JSON.stringify({ feeds, token })]);
  const printed = child.stdout === null ? Promise.resolve('') : text(child.stdout);
  const said = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const ended = once(child, 'close');
  return {
    end: async () => {
      child.stdin?.end();
      await ended;
      const found = await printed;
      if (found === '') throw new Error(`The long polls ended: ${await said}`);
      return JSON.parse(found) as Outcome;
    },
  };
};

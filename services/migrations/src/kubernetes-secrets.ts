import { readFile } from 'node:fs/promises';
import { readBounded } from '@legendops/kit/http/read-bounded';
import { z } from 'zod';

/** Secrets by name; only what is missing is ever written. */
export interface SecretStore {
  /** Undefined where there is none of this name. */
  read(name: string): Promise<Record<string, string> | undefined>;
  create(name: string, entries: Record<string, string>): Promise<void>;
  add(name: string, entries: Record<string, string>): Promise<void>;
}

const Secret = z.object({ data: z.record(z.string(), z.string()).nullish() });
const Refusal = z.object({ message: z.string() });

const encoded = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));

const messageOf = (text: string): string => {
  try {
    return Refusal.parse(JSON.parse(text)).message;
  } catch {
    return 'no reason was given';
  }
};

/** The Secrets of a namespace by the API of Kubernetes, as the pod's service account. */
export const kubernetesSecrets = ({
  url,
  tokenPath,
  namespace,
}: {
  url: string;
  tokenPath: string;
  namespace: string;
}): SecretStore => {
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const call = async (method: 'GET' | 'POST' | 'PATCH', at: string, body?: object) => {
    const token = (await readFile(tokenPath, 'utf8')).trim();
    const answer = await readBounded(url + at, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body && { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs: 15_000,
      mostBytes: 4 * 1024 * 1024,
    });
    if (answer.status === 404 && method === 'GET') return undefined;
    if (answer.status >= 300)
      throw new Error(`Kubernetes refused ${method} ${at} with ${answer.status}: ${messageOf(answer.text)}`);
    return Secret.parse(JSON.parse(answer.text));
  };
  return {
    read: async (name) => {
      const found = await call('GET', `${path}/${name}`);
      if (found === undefined) return undefined;
      return Object.fromEntries(
        Object.entries(found.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
      );
    },
    create: async (name, entries) => {
      await call('POST', path, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'legendops-migrations' } },
        type: 'Opaque',
        data: encoded(entries),
      });
    },
    add: async (name, entries) => {
      await call('PATCH', `${path}/${name}`, { data: encoded(entries) });
    },
  };
};

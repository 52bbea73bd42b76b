import { createReadStream, existsSync, watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { badRequest, notFound } from '../object/api-error.ts';
import { objectAt, textOf, listAt } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Exchange } from './exchange.ts';
import type { Located } from './resource-routes.ts';

/** One line of a pod's log file: the moment, then what the process wrote. */
const shown = (line: string, withTime: boolean): string => (withTime ? line : line.slice(line.indexOf(' ') + 1));

const lastLines = (text: string, count: number): string[] => {
  const lines = text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
  return count < 0 ? lines : lines.slice(Math.max(0, lines.length - count));
};

const hasEnded = (phase: unknown): boolean => phase === 'Succeeded' || phase === 'Failed';

/** What a pod's process wrote, and with `follow` what it goes on to write until it ends. */
export const podLog =
  (cluster: ClusterState) =>
  async (exchange: Exchange, { kind, name = '', namespace = '' }: Located): Promise<void> => {
    const { query, response } = exchange;
    const key = { name, namespace };
    const pod = cluster.store.get(kind.resource, key);
    if (!pod) throw notFound(kind, name);
    const isOver = (): boolean => {
      const now = cluster.store.get(kind.resource, key);
      return now?.metadata.uid !== pod.metadata.uid || hasEnded(objectAt(now, 'status').phase);
    };
    const container = objectAt(listAt(pod, 'spec', 'containers')[0]).name;
    const path = cluster.podLogPath(pod.metadata.uid ?? '');
    if (!existsSync(path))
      throw badRequest(`container "${String(container)}" in pod "${name}" is waiting to start: ${waitingReason(pod)}`);

    const withTime = query.get('timestamps') === 'true';
    const tail = Number(query.get('tailLines') ?? -1);
    const since = sinceOf(query, cluster.now());
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' });
    const text = await readFile(path, 'utf8');
    let offset = Buffer.byteLength(text);
    const lines = lastLines(text, tail).filter((line) => line.slice(0, line.indexOf(' ')) >= since);
    for (const line of lines) response.write(`${shown(line, withTime)}\n`);
    if (query.get('follow') !== 'true' || isOver()) {
      response.end();
      return;
    }
    let rest = '';
    const more = async (): Promise<void> => {
      const { size } = await stat(path);
      if (size <= offset) return;
      const from = offset;
      offset = size;
      for await (const chunk of createReadStream(path, { start: from, end: size - 1, encoding: 'utf8' })) {
        const parts = (rest + String(chunk)).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) response.write(`${shown(line, withTime)}\n`);
      }
    };
    let reading = Promise.resolve();
    const read = (): Promise<void> => (reading = reading.then(more).catch(() => undefined));
    const watcher = watch(path, () => void read());
    // Also of a pod that is gone: whoever follows it waits for nothing more.
    const stop = cluster.store.subscribe(({ type, resource, object }) => {
      if (resource !== kind.resource || object.metadata.uid !== pod.metadata.uid) return;
      if (type === 'DELETED' || hasEnded(objectAt(object, 'status').phase)) void read().then(() => response.end());
    });
    response.on('close', () => {
      watcher.close();
      stop();
    });
    await read();
    if (isOver()) response.end();
  };

const waitingReason = (pod: object): string => {
  const [status] = listAt(pod, 'status', 'containerStatuses');
  return textOf(objectAt(status, 'state', 'waiting').reason, 'ContainerCreating');
};

const sinceOf = (query: URLSearchParams, now: Date): string => {
  const seconds = query.get('sinceSeconds');
  if (seconds !== null) return new Date(now.getTime() - Number(seconds) * 1000).toISOString();
  return query.get('sinceTime') ?? '';
};

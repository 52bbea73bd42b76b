import type { KubeClient, ListPage, WatchEvent, WatchOptions } from '../../client/kube-client.ts';
import type { KubeObject, Resource } from '../../client/resource.ts';

export const things: Resource = { apiVersion: 'v1', kind: 'Thing', plural: 'things', namespaced: false };
export const aThing = (name: string, resourceVersion: string, uid = name): KubeObject => ({
  metadata: { name, uid, resourceVersion },
});

/** One watch stream in the hand of a test. */
export interface Stream {
  from: string;
  namespace: string | undefined;
  query: Record<string, string>;
  send(type: WatchEvent<KubeObject>['type'], object: KubeObject): void;
  bytes(): void;
  end(): void;
  fail(error: unknown): void;
}

/** A server that answers lists from `listed` and hands its streams to the test. */
export const scriptedServer = () => {
  const streams: Stream[] = [];
  const server = {
    listed: { items: [] as KubeObject[], resourceVersion: '1' },
    pageSize: 500,
    listErrors: [] as unknown[],
    watchErrors: [] as unknown[],
    lists: [] as Record<string, string>[],
    streams,
  };
  const list = async (
    _resource: unknown,
    query: Record<string, string>,
    namespace?: string,
  ): Promise<ListPage<KubeObject>> => {
    server.lists.push(query);
    const error = server.listErrors.shift();
    if (error !== undefined) throw error;
    const start = Number(query.continue ?? 0);
    const end = start + server.pageSize;
    const { resourceVersion } = server.listed;
    const items = server.listed.items.filter(
      ({ metadata }) => namespace === undefined || metadata.namespace === namespace,
    );
    return {
      items: items.slice(start, end).map((item) => structuredClone(item)),
      resourceVersion,
      continue: end < items.length ? String(end) : undefined,
    };
  };
  async function* watch(_resource: unknown, { query, namespace, signal, onBytes }: WatchOptions) {
    const error = server.watchErrors.shift();
    if (error !== undefined) throw error;
    signal.throwIfAborted();
    const steps: (WatchEvent<KubeObject> | { error: unknown } | 'end')[] = [];
    let wake = (): void => undefined;
    const push = (entry: (typeof steps)[number]): void => {
      steps.push(entry);
      wake();
    };
    signal.addEventListener('abort', () => push({ error: signal.reason }));
    streams.push({
      from: query.resourceVersion ?? '',
      query,
      namespace,
      bytes: onBytes,
      send: (type, object) => {
        onBytes();
        push({ type, object });
      },
      end: () => push('end'),
      fail: (reason) => push({ error: reason }),
    });
    for (;;) {
      const entry = steps.shift();
      if (entry === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      if (entry === 'end') return;
      if ('error' in entry) throw entry.error;
      yield entry;
    }
  }
  const fake: Partial<KubeClient> = { list: list as KubeClient['list'], watch: watch as KubeClient['watch'] };
  return { server, client: fake as KubeClient };
};

import { textOf } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';

const keptMs = 3_600_000;
const sweepMs = 60_000;

/** Events live for an hour, as kube keeps them; a series from its last repetition. */
export const eventExpiry = ({ store, now }: ClusterState): { stop(): Promise<void> } => {
  const sweep = (): void => {
    for (const event of store.list('/events')) {
      const series = event.series as { lastObservedTime?: string } | undefined;
      const last =
        series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
      if (now().getTime() - Date.parse(textOf(last)) > keptMs) store.remove('/events', event);
    }
  };
  const timer = setInterval(sweep, sweepMs).unref();
  return { stop: async () => clearInterval(timer) };
};

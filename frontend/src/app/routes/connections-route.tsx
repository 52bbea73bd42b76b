import { ConnectionsPage } from '../../features/connections/connections-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const ConnectionsRoute = ({ search: { connected, problem } }: PageProps<'/connections'>) => (
  <ConnectionsPage connected={connected} problem={problem} />
);

import { ConnectionsPage } from '../../features/connections/connections-page.tsx';
import type { PageProps } from '../pages.ts';

export const ConnectionsRoute = ({ search: { connected, problem } }: PageProps<'/connections'>) => (
  <ConnectionsPage connected={connected} problem={problem} />
);

import { getRouteApi } from '@tanstack/react-router';
import { ConnectionsPage } from '../../features/connections/connections-page.tsx';

const route = getRouteApi('/connections');

export const ConnectionsRoute = () => {
  const { connected, problem } = route.useSearch();
  return <ConnectionsPage connected={connected} problem={problem} />;
};

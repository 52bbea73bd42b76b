import { SeatsPage } from '../../features/seats/seats-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';

export const SeatsRoute = () => {
  const { navigate } = useRouting();
  return <SeatsPage onPush={(pushId) => navigate({ to: '/seats/$pushId', params: { pushId } })} />;
};

import { SeatPushPage } from '../../features/seats/seat-push-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const SeatPushRoute = ({ params: { pushId } }: PageProps<'/seats/$pushId'>) => {
  const { navigate } = useRouting();
  return (
    <SeatPushPage
      pushId={pushId}
      onPush={(id) => id !== pushId && navigate({ to: '/seats/$pushId', params: { pushId: id } })}
    />
  );
};

import { SubscriptionPage } from '../../features/evidence/subscription-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useMay } from '../../lib/session.ts';
import { NotAllowed } from '../not-allowed.tsx';

/** Below the usage, which a customer's people see, too: this says what it costs. */
export const SubscriptionRoute = ({ params: { subscriptionId } }: PageProps<'/usage/$subscriptionId'>) =>
  useMay('evidence.read') ? <SubscriptionPage subscriptionId={subscriptionId} /> : <NotAllowed />;

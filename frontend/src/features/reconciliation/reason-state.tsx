import type { VarianceReason } from '@legendops/billing/reconciliation/contract';
import {
  ArrowLeftRight,
  CircleCheck,
  CircleHelp,
  Coins,
  Hash,
  Hourglass,
  Pencil,
  Send,
  Unlink,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

/** How each difference is called. */
export const reasons: Record<VarianceReason, { word: string; tone: Tone; icon: LucideIcon }> = {
  unlinked: { word: 'No customer here', tone: 'bad', icon: UserRoundX },
  'not-billed': { word: 'Not billed', tone: 'bad', icon: Unlink },
  'billed-without-cost': { word: 'Billed without cost', tone: 'bad', icon: Coins },
  'currency-differs': { word: 'Another currency', tone: 'warn', icon: ArrowLeftRight },
  'cost-unknown': { word: 'Cost was not known', tone: 'warn', icon: CircleHelp },
  'quantity-differs': { word: 'Another quantity', tone: 'bad', icon: Hash },
  'price-differs': { word: 'Another cost', tone: 'warn', icon: Coins },
  'changed-in-quickbooks': { word: 'Changed in QuickBooks', tone: 'bad', icon: Pencil },
  'not-posted': { word: 'Not in QuickBooks', tone: 'info', icon: Send },
  'no-data': { word: 'Pax8 says nothing yet', tone: 'quiet', icon: Hourglass },
};

export const ReasonState = ({ reason }: { reason: VarianceReason | null }) => {
  if (reason === null)
    return (
      <Status tone="ok" icon={CircleCheck}>
        Agrees
      </Status>
    );
  const { word, tone, icon } = reasons[reason];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

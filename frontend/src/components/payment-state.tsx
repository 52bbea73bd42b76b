import type { PaymentState as State } from '@legendops/billing/book-entry/contract';
import type { InvoiceKind } from '@legendops/billing/contract';
import { CircleCheck, CircleDashed, CircleDot, Clock, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from './status.tsx';

const states: Record<State, { tone: Tone; icon: LucideIcon; words: Record<InvoiceKind, string> }> = {
  open: { tone: 'info', icon: CircleDashed, words: { invoice: 'Not paid', 'credit-memo': 'Not used' } },
  'partly-paid': { tone: 'info', icon: CircleDot, words: { invoice: 'Partly paid', 'credit-memo': 'Partly used' } },
  paid: { tone: 'ok', icon: CircleCheck, words: { invoice: 'Paid', 'credit-memo': 'Used' } },
  overdue: { tone: 'bad', icon: Clock, words: { invoice: 'Overdue', 'credit-memo': 'Not used' } },
};

export const PaymentState = ({ state, kind }: { state: State; kind: InvoiceKind }) => {
  const { tone, icon, words } = states[state];
  return (
    <Status tone={tone} icon={icon}>
      {words[kind]}
    </Status>
  );
};

import { PaymentState as States, type PaymentState as State } from '@legendops/billing/book-entry/contract';
import type { InvoiceKind } from '@legendops/billing/contract';
import { CircleCheck, CircleDashed, CircleDot, Clock, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from './status.tsx';

export const paymentStates: Record<State, { tone: Tone; icon: LucideIcon; words: Record<InvoiceKind, string> }> = {
  open: { tone: 'info', icon: CircleDashed, words: { invoice: 'Not paid', 'credit-memo': 'Not used' } },
  'partly-paid': { tone: 'info', icon: CircleDot, words: { invoice: 'Partly paid', 'credit-memo': 'Partly used' } },
  paid: { tone: 'ok', icon: CircleCheck, words: { invoice: 'Paid', 'credit-memo': 'Used' } },
  overdue: { tone: 'bad', icon: Clock, words: { invoice: 'Overdue', 'credit-memo': 'Not used' } },
};

/** Their names, in the order of a choice. */
export const paymentStateNames = States.options;

export const PaymentState = ({ state, kind }: { state: State; kind: InvoiceKind }) => {
  const { tone, icon, words } = paymentStates[state];
  return (
    <Status tone={tone} icon={icon}>
      {words[kind]}
    </Status>
  );
};

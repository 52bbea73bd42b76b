import { InvoiceStatus, type Invoice } from '@legendops/billing/contract';
import {
  BadgeCheck,
  Ban,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  CircleX,
  PencilLine,
  Scale,
  Send,
  type LucideIcon,
} from 'lucide-react';
import { Status, type Tone } from './status.tsx';

export const invoiceStates: Record<Invoice['status'], { tone: Tone; icon: LucideIcon; word: string }> = {
  draft: { tone: 'warn', icon: PencilLine, word: 'Draft' },
  approved: { tone: 'info', icon: BadgeCheck, word: 'Approved' },
  posting: { tone: 'info', icon: Send, word: 'Posting' },
  posted: { tone: 'ok', icon: CircleCheck, word: 'Posted' },
  'in-doubt': { tone: 'bad', icon: CircleHelp, word: 'In doubt' },
  settled: { tone: 'ok', icon: Scale, word: 'Settled' },
  rejected: { tone: 'quiet', icon: CircleSlash, word: 'Rejected' },
  voided: { tone: 'quiet', icon: Ban, word: 'Voided' },
  failed: { tone: 'bad', icon: CircleX, word: 'Failed' },
};

export const invoiceStatuses = InvoiceStatus.options;

export const InvoiceState = ({ status }: { status: Invoice['status'] }) => {
  const { tone, icon, word } = invoiceStates[status];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

import type { PeriodState as State } from '@legendops/billing/contract';
import { CalendarClock, CircleCheck, CircleSlash, Hourglass, Lock, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from './status.tsx';

const states: Record<State, { tone: Tone; icon: LucideIcon; word: string }> = {
  open: { tone: 'quiet', icon: CalendarClock, word: 'Not over' },
  due: { tone: 'warn', icon: Hourglass, word: 'Due' },
  run: { tone: 'ok', icon: CircleCheck, word: 'Run' },
  skipped: { tone: 'quiet', icon: CircleSlash, word: 'Skipped' },
  closed: { tone: 'quiet', icon: Lock, word: 'Closed' },
};

/** How a month stands in the ledger of periods. */
export const PeriodState = ({ state }: { state: State }) => {
  const { tone, icon, word } = states[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

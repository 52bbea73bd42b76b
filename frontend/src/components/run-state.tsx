import type { Run } from '@legendops/billing/contract';
import { CircleCheck, CircleX, LoaderCircle, UserRound, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from './status.tsx';

const states: Record<Run['state'], { tone: Tone; icon: LucideIcon; word: string }> = {
  running: { tone: 'info', icon: LoaderCircle, word: 'Running' },
  done: { tone: 'ok', icon: CircleCheck, word: 'Done' },
  failed: { tone: 'bad', icon: CircleX, word: 'Failed' },
  'needs-person': { tone: 'warn', icon: UserRound, word: 'Needs a person' },
};

export const jobNames: Record<Run['job'], string> = {
  'usage-sync': 'Usage from Pax8',
  'invoice-run': 'Invoice run',
  reconcile: 'Reconciliation',
};

export const RunState = ({ state }: { state: Run['state'] }) => {
  const { tone, icon, word } = states[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

import type { LinkState as State } from '@legendops/billing/link/contract';
import { CircleAlert, CircleCheck, CircleHelp, Sparkles, Unlink, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

const states: Record<State, { tone: Tone; icon: LucideIcon; word: string }> = {
  linked: { tone: 'ok', icon: CircleCheck, word: 'Linked' },
  gone: { tone: 'bad', icon: Unlink, word: 'Gone' },
  needed: { tone: 'warn', icon: CircleAlert, word: 'Confirm' },
  new: { tone: 'info', icon: Sparkles, word: 'Will be made' },
  unasked: { tone: 'quiet', icon: CircleHelp, word: 'Not linked' },
};

export const LinkState = ({ state }: { state: State }) => {
  const { tone, icon, word } = states[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

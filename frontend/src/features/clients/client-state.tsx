import type { ClientLinkState } from '@legendops/portal/superops/contract';
import { CircleAlert, CircleCheck, Unlink, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

const states: Record<ClientLinkState, { tone: Tone; icon: LucideIcon; word: string }> = {
  linked: { tone: 'ok', icon: CircleCheck, word: 'Linked' },
  gone: { tone: 'bad', icon: Unlink, word: 'Gone' },
  needed: { tone: 'warn', icon: CircleAlert, word: 'Confirm' },
};

export const ClientState = ({ state }: { state: ClientLinkState }) => {
  const { tone, icon, word } = states[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

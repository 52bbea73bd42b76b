import type { SeatPushLineState, SeatPushState } from '@legendops/portal/seat-push/contract';
import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, Clock, FilePen, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

interface Look {
  tone: Tone;
  icon: LucideIcon;
  word: string;
}

const pushes: Record<SeatPushState, Look> = {
  draft: { tone: 'info', icon: FilePen, word: 'Draft' },
  approved: { tone: 'warn', icon: Clock, word: 'Not all sent' },
  done: { tone: 'ok', icon: CircleCheck, word: 'Done' },
  rejected: { tone: 'quiet', icon: CircleSlash, word: 'Rejected' },
};

const lines: Record<SeatPushLineState, Look> = {
  waiting: { tone: 'info', icon: CircleDashed, word: 'To be sent' },
  sent: { tone: 'ok', icon: CircleCheck, word: 'Sent' },
  there: { tone: 'ok', icon: CircleCheck, word: 'There already' },
  refused: { tone: 'bad', icon: CircleAlert, word: 'Not sent' },
  held: { tone: 'warn', icon: CircleAlert, word: 'Held' },
};

const Shown = ({ tone, icon, word }: Look) => (
  <Status tone={tone} icon={icon}>
    {word}
  </Status>
);

export const PushState = ({ state }: { state: SeatPushState }) => <Shown {...pushes[state]} />;

export const LineState = ({ state }: { state: SeatPushLineState }) => <Shown {...lines[state]} />;

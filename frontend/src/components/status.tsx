import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'quiet';

const tones: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  quiet: 'bg-quiet-soft text-quiet',
};

interface StatusProps {
  tone: Tone;
  icon: LucideIcon;
  children: ReactNode;
}

/** A state as icon, word and colour together, so that none of them has to be seen alone. */
export const Status = ({ tone, icon: Icon, children }: StatusProps) => (
  <span
    className={`inline-flex items-center gap-1 rounded-full py-0.5 pr-2 pl-1.5 text-caption font-medium whitespace-nowrap ${tones[tone]}`}
  >
    <Icon aria-hidden className="size-3.5 shrink-0" />
    {children}
  </span>
);

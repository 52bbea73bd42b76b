import { CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type NoticeTone = 'ok' | 'info' | 'warn' | 'bad';

const tones: Record<NoticeTone, { look: string; icon: LucideIcon }> = {
  ok: { look: 'border-ok/30 bg-ok-soft [&>svg]:text-ok', icon: CircleCheck },
  info: { look: 'border-info/30 bg-info-soft [&>svg]:text-info', icon: Info },
  warn: { look: 'border-warn/30 bg-warn-soft [&>svg]:text-warn', icon: TriangleAlert },
  bad: { look: 'border-bad/30 bg-bad-soft [&>svg]:text-bad', icon: TriangleAlert },
};

interface NoticeProps {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Its place is a live region that reads out every change already. */
  inLiveRegion?: boolean;
}

/** What came of an act, or what to know before the next one; read out when it appears. */
export const Notice = ({ tone, title, children, action, inLiveRegion = false }: NoticeProps) => {
  const { look, icon: Icon } = tones[tone];
  const role = tone === 'bad' ? 'alert' : 'status';
  return (
    <div
      role={inLiveRegion ? undefined : role}
      className={`flex items-start gap-2.5 rounded-lg border px-3.5 py-3 text-left ${look}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        {children !== undefined && <div className="text-pretty">{children}</div>}
      </div>
      {action}
    </div>
  );
};

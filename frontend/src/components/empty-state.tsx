import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** Why it is empty. */
  children: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
}

export const EmptyState = ({ icon: Icon, title, children, action }: EmptyStateProps) => (
  <div className="flex flex-col items-center gap-1 rounded-lg border border-line bg-surface px-6 py-10 text-center">
    <Icon aria-hidden className="mb-2 size-6 text-muted" />
    <p className="text-lead font-semibold">{title}</p>
    <p className="max-w-md text-pretty text-muted">{children}</p>
    {action !== undefined && <div className="mt-3">{action}</div>}
  </div>
);

import type { ReactNode } from 'react';
import { useTitle } from '../lib/use-title.ts';

interface PageProps {
  title: string;
  /** One sentence under the title. */
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its title for the tab, the heading and its acts, then the content. */
export const Page = ({ title, about, actions, children }: PageProps) => {
  useTitle(title);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-title font-semibold tracking-tight break-words">
            {title}
          </h1>
          {about !== undefined && <div className="mt-0.5 text-muted">{about}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
};

import { useId, type ReactNode } from 'react';

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export const Section = ({ title, about, actions, children }: SectionProps) => {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={headingId} className="text-lead font-semibold">
            {title}
          </h2>
          {about !== undefined && <p className="text-muted">{about}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
};

import type { ReactNode } from 'react';
import { Section } from '../../components/section.tsx';

interface WorkGroupProps {
  title: string;
  /** How many there are, and of what money. */
  about?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** Things of one kind that wait for a person. */
export const WorkGroup = ({ title, about, children, footer }: WorkGroupProps) => (
  <Section title={title} about={about}>
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">{children}</ul>
    {footer}
  </Section>
);

interface WorkItemProps {
  status: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  nextStep?: ReactNode;
  action?: ReactNode;
}

export const WorkItem = ({ status, title, detail, nextStep, action }: WorkItemProps) => (
  <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
    <div className="w-32 shrink-0">{status}</div>
    <div className="min-w-56 flex-1">
      <p className="font-semibold">{title}</p>
      {detail != null && <p className="text-pretty text-muted">{detail}</p>}
      {nextStep != null && (
        <p className="mt-0.5 text-pretty">
          <span className="text-muted">Next step: </span>
          {nextStep}
        </p>
      )}
    </div>
    {action !== undefined && <div className="shrink-0">{action}</div>}
  </li>
);

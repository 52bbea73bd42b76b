import type { ReactNode } from 'react';

/** One of the facts that stand over the lines of an invoice. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-caption text-muted">{name}</dt>
    <dd className="break-words">{children}</dd>
  </div>
);

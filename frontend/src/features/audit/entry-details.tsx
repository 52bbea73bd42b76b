import type { AuditEntry } from '@legendops/portal/contract';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

// Of our own making: `markupPercent` and `customer_id` are what a program calls them.
const fieldWords = (field: string): string =>
  field
    .replace(/[-_.]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();

const value = (given: string | null): ReactNode =>
  given === null ? <span className="text-muted">nothing</span> : <span className="font-medium">{given}</span>;

/** What was different before and after, and where it is found in the logs; opened by whoever asks. */
export const EntryDetails = ({ entry }: { entry: AuditEntry }) => (
  <details className="group">
    <summary className="inline-flex cursor-pointer list-none items-center gap-1 text-caption text-accent">
      <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
      Details<span className="sr-only"> of entry {entry.position}</span>
    </summary>
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-caption">
      {entry.changes.map(({ field, before, after }) => (
        <Fact key={field} name={fieldWords(field)}>
          {value(before)} → {value(after)}
        </Fact>
      ))}
      {entry.author.email !== null && <Fact name="e-mail">{entry.author.email}</Fact>}
      <Fact name="service">{entry.service}</Fact>
      <Fact name="entry">{entry.position}</Fact>
      {entry.requestId !== null && <Fact name="request">{entry.requestId}</Fact>}
      {entry.traceId !== null && <Fact name="trace">{entry.traceId}</Fact>}
    </dl>
  </details>
);

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="wrap-anywhere">{children}</dd>
  </>
);

import type { SuperOpsMirror as Mirror } from '@legendops/portal/mirror/contract';
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../components/notice.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { superOpsMirror } from '../../lib/queries/superops.ts';
import { useMe } from '../../lib/session.ts';

/** What there are several of, in the order in which they are told. */
const counted: [kind: string, one: string, several: string][] = [
  ['client', 'client', 'clients'],
  ['contact', 'contact', 'contacts'],
  ['ticket', 'ticket', 'tickets'],
  ['asset', 'device', 'devices'],
  ['contract', 'contract', 'contracts'],
];

const others: Record<string, string> = {
  site: 'site',
  technician: 'technician',
  message: 'message',
  item: 'offered item',
};

const wordOf = (kind: string): string => counted.find(([name]) => name === kind)?.[1] ?? others[kind] ?? kind;

const summary = (kinds: Mirror['kinds']): string =>
  counted
    .flatMap(([kind, one, several]) => {
      const count = kinds.find((read) => read.kind === kind)?.count;
      return count === undefined ? [] : [`${count} ${count === 1 ? one : several}`];
    })
    .join(', ');

/** What was read of SuperOps and when; what could not be read, and why a reading stopped. */
export const SuperOpsMirror = () => {
  const { data } = useQuery(superOpsMirror);
  return data === undefined ? null : <Known mirror={data} />;
};

const Known = ({ mirror: { kinds, held, lastRun } }: { mirror: Mirror }) => {
  const { timeZone } = useMe().tenant;
  const [oldest] = kinds.map(({ readAt }) => readAt).toSorted();
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">
        {oldest === undefined
          ? 'Its lists are read every hour; the first time is still to come.'
          : `Last read on ${formatInstant(oldest, timeZone)}: ${summary(kinds)}.`}
      </p>
      {(lastRun?.state === 'failed' || lastRun?.state === 'needs-person') && (
        <Notice tone="warn" title="The last reading stopped">
          {lastRun.detail ?? lastRun.code} It is tried again within the hour.
        </Notice>
      )}
      {held.length > 0 && <Held held={held} />}
    </div>
  );
};

const Held = ({ held }: Pick<Mirror, 'held'>) => (
  <Notice
    tone="warn"
    title={held.length === 1 ? 'One record could not be read' : `${held.length} records could not be read`}
  >
    <p>Everything else was. Look at them in SuperOps, and tell LegendOps support where nothing is wrong with them.</p>
    <ul className="mt-1 list-disc pl-5">
      {held.map(({ kind, subject, name, fields }) => (
        <li key={`${kind} ${subject}`} className="wrap-anywhere">
          {name === null ? `A ${wordOf(kind)}` : `${name}, a ${wordOf(kind)}`} ({subject}): {fields}
        </li>
      ))}
    </ul>
  </Notice>
);

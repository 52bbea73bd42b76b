import type { AuditEntry } from '@legendops/portal/contract';
import { actWords, authorWords } from '../lib/audit-words.ts';
import { formatInstant } from '../lib/calendar.ts';
import { useMe } from '../lib/session.ts';

/** One line: what was done last, by whom, when. */
export const LastAct = ({ entry }: { entry: AuditEntry }) => {
  const { timeZone } = useMe().tenant;
  return (
    <span className="text-caption text-muted">
      {actWords(entry)} by {authorWords(entry)} on {formatInstant(entry.happenedAt, timeZone)}
    </span>
  );
};

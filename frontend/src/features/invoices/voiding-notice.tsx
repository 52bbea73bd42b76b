import type { BookEntry } from '@legendops/billing/book-entry/contract';
import { Notice } from '../../components/notice.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

/** How a void stands that a person has asked for; read out when it is known. */
export const VoidingNotice = ({ entry }: { entry: BookEntry }) => (
  <div aria-live="polite" aria-atomic className="empty:hidden">
    <VoidingState entry={entry} />
  </div>
);

const VoidingState = ({ entry: { voiding } }: { entry: BookEntry }) => {
  const { timeZone } = useMe().tenant;
  if (voiding === null) return null;
  const { state, reason, detail, updatedAt } = voiding;
  switch (state) {
    case 'voiding':
      return (
        <Notice inLiveRegion tone={detail === null ? 'info' : 'warn'} title="It is being voided in QuickBooks">
          {detail !== null && <p>{detail}</p>}
          It is tried until QuickBooks has done or refused it. This page follows it; you can leave it.
        </Notice>
      );
    case 'voided':
      return (
        <Notice inLiveRegion tone="ok" title="Void in QuickBooks">
          <p>{reason}</p>
          Voided {formatInstant(updatedAt, timeZone)}.
        </Notice>
      );
    default:
      return (
        <Notice inLiveRegion tone="bad" title="QuickBooks did not void it">
          <p>{detail ?? 'It gave no reason.'}</p>
        </Notice>
      );
  }
};

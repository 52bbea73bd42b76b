import type { BookEntry } from '@legendops/billing/book-entry/contract';
import { Notice } from '../../components/notice.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

/** How a void stands that a person has asked for. */
export const VoidingNotice = ({ entry: { voiding } }: { entry: BookEntry }) => {
  const { timeZone } = useMe().tenant;
  if (voiding === null) return null;
  const { state, reason, detail, updatedAt } = voiding;
  switch (state) {
    case 'voiding':
      return (
        <Notice tone={detail === null ? 'info' : 'warn'} title="It is being voided in QuickBooks">
          {detail !== null && <p>{detail}</p>}
          It is tried until QuickBooks has done or refused it. This page follows it; you can leave it.
        </Notice>
      );
    case 'voided':
      return (
        <Notice tone="ok" title="Void in QuickBooks">
          <p>{reason}</p>
          Voided {formatInstant(updatedAt, timeZone)}.
        </Notice>
      );
    default:
      return (
        <Notice tone="bad" title="It was not made void">
          <p>{detail ?? 'It gave no reason.'}</p>
        </Notice>
      );
  }
};

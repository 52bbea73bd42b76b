import type { InvoiceDetail } from '@legendops/billing/contract';
import { Notice } from '../../components/notice.tsx';
import { formatDate, formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

type Kind = NonNullable<InvoiceDetail['decision']>['kind'];

const titles: Record<Kind, string> = {
  held: 'Held',
  left: 'Rejected, and not billed',
  anew: 'Rejected: it is drafted anew',
};
const nextSteps: Record<Kind, string> = {
  held: 'press “Release” when it may be approved',
  left: 'press “Take back” if it is to be billed after all',
  anew: 'look at it after the next run, which is asked for',
};

/** What persons have decided about it, and who has approved it already where two have to. */
export const DecisionNotice = ({
  invoice: { status, decision, approvals, approversNeeded },
}: {
  invoice: InvoiceDetail;
}) => {
  const { timeZone } = useMe().tenant;
  return (
    <>
      {decision !== null && (
        <Notice
          tone={decision.kind === 'held' ? 'info' : 'warn'}
          title={`${titles[decision.kind]}${decision.until === null ? '' : ` until ${formatDate(decision.until)}`}`}
        >
          <p>
            {decision.by} on {formatInstant(decision.at, timeZone)}: <bdi>{decision.reason}</bdi>
          </p>
          Next step: {nextSteps[decision.kind]}.
        </Notice>
      )}
      {status === 'draft' && approversNeeded > 1 && (
        <Notice tone="info" title="Two persons approve an invoice of this amount">
          {approvals.length === 0
            ? 'Nobody has approved it as it is.'
            : approvals.map(({ by, at }) => `${by} approved it on ${formatInstant(at, timeZone)}.`).join(' ')}{' '}
          A change in between needs both again.
        </Notice>
      )}
    </>
  );
};

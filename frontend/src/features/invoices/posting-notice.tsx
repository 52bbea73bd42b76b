import type { InvoiceDetail, Posting } from '@legendops/billing/contract';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

/**
 * Where the invoice stands at QuickBooks, and what to do when that is not plain. The region is there from the beginning:
 * what comes of a posting is read out when it is known, seconds after the act.
 */
export const PostingNotice = ({ invoice }: { invoice: InvoiceDetail }) => (
  <div aria-live="polite" aria-atomic className="empty:hidden">
    <PostingState invoice={invoice} />
  </div>
);

const PostingState = ({ invoice: { kind, status, posting } }: { invoice: InvoiceDetail }) => {
  const { timeZone } = useMe().tenant;
  if (posting === null) return null;
  const { docNumber, detail, updatedAt } = posting;
  switch (status) {
    case 'posted':
      return (
        <Notice inLiveRegion tone={detail === null ? 'ok' : 'warn'} title={`In QuickBooks as ${docNumber}`}>
          {detail !== null && <p>{detail}</p>}
          Posted {formatInstant(updatedAt, timeZone)}. It cannot be changed here; corrections come with the next
          invoice.
        </Notice>
      );
    case 'posting':
      return (
        <Notice
          inLiveRegion
          tone={detail === null ? 'info' : 'warn'}
          title={`On its way to QuickBooks as ${docNumber}`}
        >
          {detail !== null && <p>{detail}</p>}
          It is tried until QuickBooks has taken or refused it. This page follows it; you can leave it.
          <WayOut posting={posting} />
        </Notice>
      );
    case 'in-doubt':
      return (
        <Notice inLiveRegion tone="warn" title={`It is not known whether ${docNumber} reached QuickBooks`}>
          <p>
            QuickBooks gave no clear answer, so LegendOps does not guess: within a few minutes it looks for {docNumber}{' '}
            there, and sends the invoice again only if it is missing. It cannot be posted twice.
          </p>
          <p>
            Next step: wait a few minutes; this page follows it. If it stays in doubt, look for {docNumber} in
            QuickBooks and check the connection.
          </p>
          {detail !== null && <p className="text-muted">{detail}</p>}
          <WayOut posting={posting} />
        </Notice>
      );
    case 'voided':
      return (
        <Notice inLiveRegion tone="info" title={`${docNumber} is void`}>
          {detail !== null && <p>{detail}</p>}
          What of it is to be billed comes with the next invoice.
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          inLiveRegion
          tone="bad"
          title={
            (posting.code !== null && notSent[posting.code]) ||
            `QuickBooks did not take the ${kind === 'credit-memo' ? 'credit memo' : 'invoice'}`
          }
        >
          <p>{detail ?? 'It gave no reason.'}</p>
          {(posting.code === null || notSent[posting.code] === undefined) && (
            <p>Next step: set that right, then press “Post to QuickBooks”.</p>
          )}
          <WayOut posting={posting} />
        </Notice>
      );
    case 'draft':
      return posting.code === 'approval-lapsed' ? (
        <Notice inLiveRegion tone="warn" title={lapsed}>
          {detail}
        </Notice>
      ) : null;
    default:
      return null;
  }
};

const lapsed = 'Not sent: its approval counts no more';

/** What waits for a person here, and not for QuickBooks: its detail says what to do. */
const notSent: Partial<Record<string, string>> = {
  'superops-invoices-too': 'Not sent: who invoices this?',
  'approval-lapsed': lapsed,
};

const ways = {
  connections: <TextLink to="/connections">Connect QuickBooks again</TextLink>,
  links: <TextLink to="/links">Open links</TextLink>,
};

const WayOut = ({ posting: { wayOut } }: { posting: Posting }) =>
  (wayOut === 'connections' || wayOut === 'links') && <p>{ways[wayOut]}</p>;

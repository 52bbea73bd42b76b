import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

interface AsOfProps {
  /** Null where SuperOps was asked just now. */
  asOf: string | null;
  /** What is listed, for who hears the button alone. */
  what: string;
  onRefresh: () => void;
}

/** Says how old a list is, and offers to ask SuperOps itself. */
export const AsOf = ({ asOf, what, onRefresh }: AsOfProps) => {
  const { timeZone } = useMe().tenant;
  if (asOf === null) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-muted">As SuperOps had it on {formatInstant(asOf, timeZone)}.</p>
      <Button look="quiet" aria-label={`Refresh ${what}`} onClick={onRefresh}>
        Refresh
      </Button>
    </div>
  );
};

/** A client that is there no more, and what to do about it. */
export const ClientGone = ({ clientName }: { clientName: string }) => (
  <Notice tone="warn" title={`${clientName} is no longer a client in SuperOps`}>
    It was merged or deleted there. Press “Remove” beside it under “Links”; then press “Pick” beside the client that
    this customer is now.
  </Notice>
);

import type { InvoiceLine } from '@legendops/billing/contract';
import { formatInstant } from '../../lib/calendar.ts';
import { formatMoney, formatPrice, formatQuantity } from '../../lib/money.ts';
import { useMe } from '../../lib/session.ts';

/** Who has changed a line, why, and what the rating says. */
export const LineEditNote = ({ line: { edit }, currency }: { line: InvoiceLine; currency: string }) => {
  const { timeZone } = useMe().tenant;
  if (edit === null) return null;
  const { by, at, reason, rated } = edit;
  return (
    <div className="mb-2">
      <p>
        {rated === null ? 'Added' : 'Changed'} by {by} on {formatInstant(at, timeZone)}: <bdi>{reason}</bdi>
      </p>
      {rated !== null && (
        <p className="text-muted">
          The rating says: {rated.description}, {formatQuantity(rated.quantity)} ×{' '}
          {formatPrice(rated.unitPrice, currency)}, {formatMoney(rated.amountMinor, currency)}
        </p>
      )}
    </div>
  );
};

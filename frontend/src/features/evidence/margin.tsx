import { formatPrice, formatQuantity } from '../../lib/money.ts';

/** What a price leaves above its cost, as money and as a share of the price. */
export const Margin = ({
  margin,
  marginPercent,
  currency,
}: {
  margin: string | null;
  marginPercent: string | null;
  currency: string;
}) =>
  margin === null ? (
    <span className="text-muted">not known</span>
  ) : (
    <span className={margin.startsWith('-') ? 'font-medium text-bad' : ''}>
      {formatPrice(margin, currency)}
      {margin.startsWith('-') && <span className="block text-caption">below cost</span>}
      {marginPercent !== null && !margin.startsWith('-') && (
        <span className="block text-caption text-muted">{formatQuantity(marginPercent)} % of the price</span>
      )}
    </span>
  );

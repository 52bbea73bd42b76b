import type { InvoiceDetail } from '@legendops/billing/contract';
import { Notice } from '../../components/notice.tsx';
import { formatMoney } from '../../lib/money.ts';
import { isBelowCost, lossOf } from './below-cost.ts';

/** Says where a person decides that lines bring less than they cost; nothing where none does. */
export const BelowCostNotice = ({ invoice: { lines, currency } }: { invoice: InvoiceDetail }) => {
  const loss = lossOf(lines);
  if (loss === undefined) return null;
  const below = lines.filter(isBelowCost);
  return (
    <Notice
      tone="warn"
      title={`${below.length === 1 ? 'One line is' : `${below.length} lines are`} sold below cost: ${formatMoney(loss, currency)} are lost`}
    >
      {below.map(({ description }) => description).join('; ')}. Next step: check the rules under “Prices”, or press
      “Approve” if that is meant.
    </Notice>
  );
};

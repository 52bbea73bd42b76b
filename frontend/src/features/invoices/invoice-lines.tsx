import type { InvoiceDetail } from '@legendops/billing/contract';
import { formatMoney } from '../../lib/money.ts';
import { useMay } from '../../lib/session.ts';
import { InvoiceLineRows, type LineShape } from './invoice-line-rows.tsx';

const head = 'h-8 px-3 font-medium first:pl-4 last:pr-4';

/** The lines with their sum. */
export const InvoiceLines = ({ invoice }: { invoice: InvoiceDetail }) => {
  const { lines, currency, totalMinor } = invoice;
  const withCost = useMay('cost.read');
  const shape: LineShape = { invoice, withCost };
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-collapse">
        <caption className="sr-only">Lines of the invoice</caption>
        <thead>
          <tr className="border-b border-line bg-raised/60 text-caption text-muted">
            <th scope="col" className={`${head} text-left`}>
              Description
            </th>
            <th scope="col" className={`${head} text-right max-sm:hidden`}>
              Quantity
            </th>
            <th scope="col" className={`${head} text-right max-sm:hidden`}>
              Unit price
            </th>
            {withCost && (
              <th scope="col" className={`${head} text-right max-md:hidden`}>
                Cost
              </th>
            )}
            <th scope="col" className={`${head} text-right`}>
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <InvoiceLineRows key={line.id} line={line} shape={shape} />
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-edge/60 font-semibold">
            <th scope="row" className="h-11 pl-4 text-left">
              Total
            </th>
            <td className="pr-4 text-right whitespace-nowrap" colSpan={withCost ? 4 : 3}>
              {formatMoney(totalMinor, currency)}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
};

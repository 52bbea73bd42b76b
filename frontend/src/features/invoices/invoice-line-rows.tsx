import type { InvoiceDetail, InvoiceLine } from '@legendops/billing/contract';
import { ChevronRight, History, PencilLine, TrendingDown } from 'lucide-react';
import { useId, useState } from 'react';
import { Status } from '../../components/status.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { formatMoney, formatPrice, formatQuantity } from '../../lib/money.ts';
import { isBelowCost } from './below-cost.ts';
import { EditLine, UndoEdit } from './edit-line.tsx';
import { LineEditNote } from './line-edit-note.tsx';

export interface LineShape {
  invoice: InvoiceDetail;
  withCost: boolean;
}

interface InvoiceLineRowsProps {
  line: InvoiceLine;
  shape: LineShape;
}

const figure = 'px-3 py-2 text-right align-top whitespace-nowrap';

/** A line, and under it, when asked for, how its amount came about. */
export const InvoiceLineRows = ({ line, shape: { invoice, withCost } }: InvoiceLineRowsProps) => {
  const { currency } = invoice;
  const [open, setOpen] = useState(false);
  const stepsId = useId();
  const { description, quantity, unitPrice, amountMinor, costMinor, steps, edit } = line;
  const hasMore = steps.length > 0 || edit !== null || invoice.acts.edit.may;
  return (
    <>
      <tr className="border-t border-line first:border-t-0">
        <td className="min-w-28 py-1.5 pl-2 wrap-anywhere">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={stepsId}
            disabled={!hasMore}
            onClick={() => setOpen(!open)}
            className="flex items-start gap-1 rounded px-1 py-0.5 text-left enabled:hover:bg-raised"
          >
            <ChevronRight
              aria-hidden
              className={`mt-0.5 size-4 shrink-0 text-muted transition-transform ${open ? 'rotate-90' : ''} ${hasMore ? '' : 'invisible'}`}
            />
            <span>
              {description}{' '}
              {line.correctsPeriod !== null && (
                <Status tone="info" icon={History}>
                  Corrects {formatMonth(line.correctsPeriod)}
                </Status>
              )}
              {edit !== null && (
                <Status tone="info" icon={PencilLine}>
                  {edit.rated === null ? 'Added' : 'Changed'}
                </Status>
              )}
              {isBelowCost(line) && (
                <Status tone="warn" icon={TrendingDown}>
                  Below cost
                </Status>
              )}
              <span className="block text-caption text-muted sm:hidden">
                {formatQuantity(quantity)} × {formatPrice(unitPrice, currency)}
              </span>
            </span>
          </button>
        </td>
        <td className={`${figure} max-sm:hidden`}>{formatQuantity(quantity)}</td>
        <td className={`${figure} max-sm:hidden`}>{formatPrice(unitPrice, currency)}</td>
        {withCost && (
          <td className={`${figure} text-muted max-md:hidden`}>
            {costMinor === null ? 'Not known' : formatMoney(costMinor, currency)}
          </td>
        )}
        <td className={`${figure} pr-4 font-medium`}>{formatMoney(amountMinor, currency)}</td>
      </tr>
      <tr id={stepsId} hidden={!open}>
        <td colSpan={withCost ? 5 : 4} className="bg-raised/60 py-2.5 pr-4 pl-8">
          <LineEditNote line={line} currency={currency} />
          {steps.length > 0 && (
            <>
              <p className="font-medium">How this amount came about</p>
              <ol className="mt-1 list-decimal space-y-0.5 pl-5 text-muted">
                {steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </>
          )}
          {open && (
            <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
              <EditLine invoice={invoice} line={line} />
              <UndoEdit invoice={invoice} line={line} />
            </div>
          )}
        </td>
      </tr>
    </>
  );
};

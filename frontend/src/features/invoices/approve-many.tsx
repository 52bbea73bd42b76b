import type { Invoice } from '@legendops/billing/contract';
import type { ApprovalFates } from '@legendops/billing/invoice/contract';
import { CheckCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatPeriod } from '../../lib/calendar.ts';
import { formatMoney, moneyWords, sumMinor } from '../../lib/money.ts';
import { useApprovalOfAll } from './invoice-acts.ts';

const mostAtOnce = 200;

const fateWords: Record<ApprovalFates['data'][number]['outcome'], string> = {
  approved: 'approved',
  settled: 'approved; its lines cancel out, and nothing is posted',
  first: 'approved by you; it is above the limit, and a second person has to approve it',
  refused: 'not approved',
};

const totalsOf = (invoices: readonly Invoice[]) =>
  [...Map.groupBy(invoices, ({ currency }) => currency)].map(([currency, some]) => ({
    currency,
    amountMinor: sumMinor(some.map(({ totalMinor }) => totalMinor)),
  }));

const nameOf = ({ customerName, periodStart, periodEnd, totalMinor, currency }: Invoice): string =>
  `${customerName}, ${formatPeriod(periodStart, periodEnd)}, ${formatMoney(totalMinor, currency)}`;

/** The drafts of a list with a box before each: those that are chosen are approved together, and what became of each is told. */
export const ApproveMany = ({ invoices, children }: { invoices: readonly Invoice[]; children: ReactNode }) => {
  const [chosen, setChosen] = useState<readonly Invoice[]>();
  const [told, setTold] = useState<{ invoices: readonly Invoice[]; fates: ApprovalFates['data'] }>();
  const approval = useApprovalOfAll();
  const close = () => {
    setChosen(undefined);
    approval.reset();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const ids = new Set(new FormData(event.currentTarget).getAll('invoice'));
        const some = invoices.filter(({ id }) => ids.has(id)).slice(0, mostAtOnce);
        if (some.length > 0) setChosen(some);
      }}
    >
      <div>
        <Button type="submit">
          <CheckCheck aria-hidden />
          Approve chosen
        </Button>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {told && (
          <Notice
            inLiveRegion
            tone={told.fates.some(({ outcome }) => outcome === 'refused') ? 'warn' : 'ok'}
            title="What became of each"
          >
            <ul>
              {told.fates.map(({ id, outcome, why }) => {
                const invoice = told.invoices.find((one) => one.id === id);
                return (
                  <li key={id}>
                    {invoice && nameOf(invoice)}: {fateWords[outcome]}
                    {why !== null && `. ${why}`}
                  </li>
                );
              })}
            </ul>
          </Notice>
        )}
      </div>
      {children}
      {chosen && (
        <ConfirmDialog
          title={chosen.length === 1 ? 'Approve one invoice?' : `Approve ${chosen.length} invoices?`}
          confirm="Approve invoices"
          look="primary"
          act={approval}
          onConfirm={() =>
            approval.run(chosen, ({ data }) => {
              setTold({ invoices: chosen, fates: data });
              close();
            })
          }
          onClose={close}
        >
          <p className="font-semibold">{moneyWords(totalsOf(chosen))}</p>
          <ul className="max-h-60 overflow-y-auto">
            {chosen.map((invoice) => (
              <li key={invoice.id}>{nameOf(invoice)}</li>
            ))}
          </ul>
          <p>
            You approve exactly what each of them says now. One that has changed meanwhile is left as it is, and told.
          </p>
        </ConfirmDialog>
      )}
    </form>
  );
};

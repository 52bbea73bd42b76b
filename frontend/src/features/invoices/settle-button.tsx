import type { InvoiceDetail, Settlement } from '@legendops/billing/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useSettlement } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

type Outcome = Settlement['outcome'];

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Says what became of a posting that nobody can look for any more. */
export const SettleButton = ({ invoice }: { invoice: InvoiceDetail }) => {
  const [seen, setSeen] = useState<InvoiceDetail>();
  return (
    <>
      {invoice.acts.settle.may && <Button onClick={() => setSeen(invoice)}>Settle by hand</Button>}
      {seen !== undefined && <SettleDialog invoice={seen} onClose={() => setSeen(undefined)} />}
    </>
  );
};

const SettleDialog = ({ invoice, onClose }: { invoice: InvoiceDetail; onClose: () => void }) => {
  const [outcome, setOutcome] = useState<Outcome>('in-quickbooks');
  const settling = useSettlement();
  return (
    <Dialog title="What became of it?" act={settling} onClose={onClose}>
      <DraftForm
        name={`settlement.${invoice.id}`}
        act={settling}
        onSubmit={(form) => {
          const evidence = textOf(form, 'evidence');
          const settlement: Settlement =
            outcome === 'in-quickbooks'
              ? { outcome, quickBooksId: textOf(form, 'quickBooksId'), evidence }
              : { outcome, evidence };
          settling.run({ invoice, settlement }, onClose);
        }}
      >
        <InvoiceInBrief invoice={invoice} />
        <SelectField
          label={`Invoice ${invoice.docNumber ?? ''}`}
          name="outcome"
          value={outcome}
          onChange={({ currentTarget: { value } }) =>
            setOutcome(value === 'not-in-quickbooks' ? 'not-in-quickbooks' : 'in-quickbooks')
          }
          hint={
            outcome === 'in-quickbooks'
              ? 'It counts as posted and is never sent again.'
              : 'It may be posted again. Should it be there after all, the customer has it twice.'
          }
        >
          <option value="in-quickbooks">is in QuickBooks</option>
          <option value="not-in-quickbooks">is not in QuickBooks</option>
        </SelectField>
        {outcome === 'in-quickbooks' && (
          <TextField
            label="Id in QuickBooks"
            name="quickBooksId"
            required
            inputMode="numeric"
            error={placeOf(settling.error, 'quickBooksId')}
            hint="The number in the address of the invoice there (txnId)."
          />
        )}
        <TextField
          label="How you know"
          name="evidence"
          required
          maxLength={1000}
          error={placeOf(settling.error, 'evidence')}
          hint="Kept with the invoice and in the audit trail."
        />
        <DialogSubmit act={settling} look="danger">
          Settle invoice
        </DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

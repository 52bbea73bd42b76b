import type { InvoiceDetail } from '@legendops/billing/contract';
import type { BookEntry } from '@legendops/billing/book-entry/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { BilledAnewField, billsAnewIn } from './billed-anew-field.tsx';
import { useVoid } from './book-entry-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

interface VoidProps {
  invoice: InvoiceDetail;
  entry: BookEntry;
}

/** Makes an invoice void in QuickBooks, for a reason that stays with it. */
export const VoidButton = ({ invoice, entry }: VoidProps) => {
  const draft = `invoice.void.${invoice.id}`;
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      {entry.acts.void.may && <Button onClick={() => setOpen(true)}>Void</Button>}
      {open && <VoidDialog invoice={invoice} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};

interface VoidDialogProps {
  invoice: InvoiceDetail;
  draft: string;
  onClose: () => void;
}

const VoidDialog = ({ invoice, draft, onClose }: VoidDialogProps) => {
  const voiding = useVoid();
  return (
    <Dialog title="Void this invoice?" act={voiding} onClose={onClose}>
      <DraftForm
        name={draft}
        act={voiding}
        onSubmit={(form) => {
          const reason = form.get('reason');
          if (typeof reason === 'string')
            voiding.run({ invoiceId: invoice.id, voiding: { reason, billsAnew: billsAnewIn(form) } }, onClose);
        }}
      >
        <InvoiceInBrief invoice={invoice} />
        <p>It stays in QuickBooks under its number, for nothing. That cannot be taken back.</p>
        <TextField
          label="Reason"
          name="reason"
          required
          maxLength={500}
          error={placeOf(voiding.error, 'reason')}
          hint="Kept with the invoice and in the audit trail."
        />
        <BilledAnewField />
        <DialogSubmit act={voiding} look="danger">
          Void invoice
        </DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

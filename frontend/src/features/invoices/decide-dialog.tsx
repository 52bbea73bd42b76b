import type { InvoiceDetail } from '@legendops/billing/contract';
import { useState, type ReactNode } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useDecision, type Deciding } from './invoice-acts.ts';
import { InvoiceInBrief } from './invoice-in-brief.tsx';

export const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

interface DecideProps {
  invoice: InvoiceDetail;
  act: Deciding['act'];
  /** Whether it may be done now. A question that is open stays open until it is answered. */
  offered: boolean;
  title: string;
  confirm: string;
  look?: 'primary' | 'danger';
  /** The button: a word or two, with an icon. */
  button: ReactNode;
  buttonLook?: 'secondary' | 'quiet';
  label?: string;
  /** What is sent beside the reason, of the invoice that the person saw. */
  body: (form: FormData, seen: InvoiceDetail) => object;
  /** Its further fields, which tell what is wrong with each. */
  renderFields?: (error: unknown) => ReactNode;
  /** Which of several of its kind. */
  of?: string;
}

/** A button for what a person decides about an invoice, always with a reason that stays with it. */
export const DecideButton = ({ invoice, offered, button, buttonLook = 'secondary', label, ...rest }: DecideProps) => {
  const [seen, setSeen] = useState<InvoiceDetail>();
  return (
    <>
      {offered && (
        <Button look={buttonLook} aria-label={label} onClick={() => setSeen(invoice)}>
          {button}
        </Button>
      )}
      {seen !== undefined && <DecideDialog {...rest} invoice={seen} onClose={() => setSeen(undefined)} />}
    </>
  );
};

const DecideDialog = ({
  invoice,
  act,
  title,
  confirm,
  look = 'primary',
  body,
  renderFields,
  of = '',
  onClose,
}: Omit<DecideProps, 'offered' | 'button'> & { onClose: () => void }) => {
  const deciding = useDecision();
  const { error } = deciding;
  return (
    <Dialog title={title} act={deciding} onClose={onClose}>
      <DraftForm
        name={`invoice.${act}.${invoice.id}.${of}`}
        act={deciding}
        onSubmit={(form) =>
          deciding.run({ invoice, act, body: { reason: textIn(form, 'reason'), ...body(form, invoice) } }, onClose)
        }
      >
        <InvoiceInBrief invoice={invoice} />
        {renderFields?.(error)}
        <TextField
          label="Reason"
          name="reason"
          required
          maxLength={500}
          error={placeOf(error, 'reason')}
          hint="Kept with the invoice and in the audit trail."
        />
        <ActProblem error={error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look={look} pending={deciding.pending}>
            {confirm}
          </Button>
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

import type { BilledPeriod } from '@legendops/billing/period/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { useSkipPeriod } from './period-acts.ts';

/** Leaves a month out, for a reason that stays with it. */
export const SkipPeriod = ({ month }: { month: BilledPeriod }) => {
  const draft = `period.skip.${month.period}`;
  const [open, setOpen] = useState(useKept(draft));
  const name = formatMonth(month.period);
  return (
    <>
      {month.acts.skip.may && (
        <Button look="quiet" aria-label={`Skip ${name}`} onClick={() => setOpen(true)}>
          Skip
        </Button>
      )}
      {open && <SkipDialog month={month} name={name} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};

interface SkipDialogProps {
  month: BilledPeriod;
  name: string;
  draft: string;
  onClose: () => void;
}

const SkipDialog = ({ month: { period }, name, draft, onClose }: SkipDialogProps) => {
  const skipping = useSkipPeriod();
  return (
    <Dialog title={`Skip ${name}?`} act={skipping} onClose={onClose}>
      <DraftForm
        name={draft}
        act={skipping}
        onSubmit={(form) => {
          const reason = form.get('reason');
          if (typeof reason === 'string') skipping.run({ period, reason }, onClose);
        }}
      >
        <p>
          Nobody is billed for <strong>{name}</strong>. What that leaves is worked out and stays on the worklist until
          somebody dismisses it; “Run” takes it back.
        </p>
        <TextField
          label="Reason"
          name="reason"
          required
          maxLength={200}
          hint="It stays with the month, for whoever asks later."
        />
        <DialogSubmit act={skipping} look="danger">
          Skip month
        </DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

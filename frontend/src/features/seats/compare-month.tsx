import type { SeatPushDetail } from '@legendops/portal/seat-push/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { formatMonth } from '../../lib/calendar.ts';
import { usePrepare } from './seat-acts.ts';

const draft = 'seats.month';
const monthsBack = 3;

/** This month and those before it, by their first days; a month that has not begun is refused by the service. */
const months = (now: Date): string[] =>
  Array.from({ length: monthsBack + 1 }, (_, back) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1)).toISOString().slice(0, 10),
  );

/** Asks for the month whose seats are set against contracts. */
export const CompareMonth = ({ onDone }: { onDone: (push: SeatPushDetail) => void }) => {
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        Check seats
      </Button>
      {open && <CompareDialog onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
};

interface CompareDialogProps {
  onDone: (push: SeatPushDetail) => void;
  onClose: () => void;
}

const CompareDialog = ({ onDone, onClose }: CompareDialogProps) => {
  const comparing = usePrepare();
  const [periods] = useState(() => months(new Date()));
  return (
    <Dialog title="Which month’s seats are compared?" act={comparing} onClose={onClose}>
      <DraftForm
        name={draft}
        act={comparing}
        onSubmit={(form) =>
          comparing.run(textOf(form, 'period'), (push) => {
            onClose();
            onDone(push);
          })
        }
      >
        <p>
          What your customers have at Pax8 is set against their contracts in SuperOps. Nothing is written there before
          you have seen the changes and approved them.
        </p>
        <SelectField label="Month" name="period" required>
          {periods.map((period) => (
            <option key={period} value={period}>
              {formatMonth(period)}
            </option>
          ))}
        </SelectField>
        <DialogSubmit act={comparing}>Check month</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

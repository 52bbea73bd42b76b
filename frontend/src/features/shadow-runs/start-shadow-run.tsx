import type { ShadowRun } from '@legendops/billing/shadow-run/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { periods } from '../../lib/queries/periods.ts';
import { useStartShadowRun } from './shadow-run-acts.ts';

const draft = 'shadow-run.new';

const given = (form: FormData, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Asks for the month, and for the days of the invoices where those are not the month's. */
export const StartShadowRun = ({ onDone }: { onDone: (run: ShadowRun) => void }) => {
  const [open, setOpen] = useState(useKept(draft));
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        New shadow run
      </Button>
      {open && <StartDialog onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
};

const StartDialog = ({ onDone, onClose }: { onDone: (run: ShadowRun) => void; onClose: () => void }) => {
  const starting = useStartShadowRun();
  const { data: months = [] } = useQuery(periods);
  return (
    <Dialog title="Which month is set against QuickBooks?" act={starting} onClose={onClose}>
      <DraftForm
        name={draft}
        act={starting}
        onSubmit={(form) => {
          const [period, datedFrom, datedTo] = ['period', 'datedFrom', 'datedTo'].map((name) => given(form, name));
          if (period === undefined) return;
          starting.run({ period, datedFrom, datedTo }, (run) => {
            onClose();
            onDone(run);
          });
        }}
      >
        <p>
          The month is rated by today’s prices and set line by line against the invoices and credit memos that are in
          QuickBooks, whoever made them. Nothing is written: neither there nor here.
        </p>
        <SelectField label="Month" name="period" required>
          {months
            .filter(({ state }) => state !== 'open')
            .map(({ period }) => (
              <option key={period} value={period}>
                {formatMonth(period)}
              </option>
            ))}
        </SelectField>
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <TextField
            label="Invoices dated from"
            name="datedFrom"
            type="date"
            hint="Empty: the first day of the month."
          />
          <TextField label="Invoices dated to" name="datedTo" type="date" hint="Empty: its last day." />
        </div>
        <DialogSubmit act={starting}>Start shadow run</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

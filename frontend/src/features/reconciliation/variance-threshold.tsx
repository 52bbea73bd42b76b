import {
  VarianceThresholds,
  type NewVarianceThreshold,
  type VarianceThreshold,
} from '@legendops/billing/variance-threshold/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { formatMoney, formatQuantity, toMinorUnits, toWholeUnits } from '../../lib/money.ts';
import { placeOf } from '../../lib/problem.ts';
import { thresholdsPath, varianceThresholds } from '../../lib/queries/reconciliation.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMe } from '../../lib/session.ts';

const change: ActKind<NewVarianceThreshold, VarianceThresholds> = {
  answer: VarianceThresholds,
  done: (answer) => queryClient.setQueryData(varianceThresholds.queryKey, answer),
  request: (body) => ({ method: 'PUT', path: thresholdsPath, body }),
};

/** From what on the worklist tells a difference, and who may, the way to change it. */
export const ToldFrom = () => {
  const { currency } = useMe().tenant;
  const { data } = useQuery(varianceThresholds);
  const [seen, setSeen] = useState<VarianceThreshold>();
  const threshold = data?.data.find((one) => one.currency === currency);
  if (data === undefined || threshold === undefined) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 text-muted">
      <span>
        The worklist tells differences of one cause from {formatMoney(threshold.amountMinor, currency)} on
        {threshold.percent !== null &&
          `, or from ${formatQuantity(threshold.percent)} % of what is billed of the same customer or product`}
        .
      </span>
      {data.acts.change.may && (
        <Button look="quiet" onClick={() => setSeen(threshold)}>
          Change
        </Button>
      )}
      {seen !== undefined && <ThresholdDialog threshold={seen} onClose={() => setSeen(undefined)} />}
    </p>
  );
};

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const ThresholdDialog = ({ threshold, onClose }: { threshold: VarianceThreshold; onClose: () => void }) => {
  const changing = useAct(change);
  const [wrong, setWrong] = useState<string>();
  const { currency, amountMinor, percent } = threshold;
  return (
    <Dialog title="Which differences are told?" act={changing} onClose={onClose}>
      <DraftForm
        name="variance-threshold"
        act={changing}
        onSubmit={(form) => {
          const amount = toMinorUnits(textIn(form, 'amount'), currency);
          const share = textIn(form, 'percent').replace(',', '.');
          setWrong(amount === undefined ? `Write an amount in ${currency}, such as 5` : undefined);
          if (amount !== undefined)
            changing.run({ currency, amountMinor: amount, percent: share === '' ? null : share }, onClose);
        }}
      >
        <p>
          A difference that is smaller stays on the page of its month. What is told is told after the nightly sync, with
          all of its cause together.
        </p>
        <TextField
          label={`From an amount on, in ${currency}`}
          name="amount"
          inputMode="decimal"
          required
          defaultValue={toWholeUnits(amountMinor, currency)}
          error={wrong ?? placeOf(changing.error, 'amountMinor')}
          hint="0 tells every difference."
        />
        <TextField
          label="Or from a per cent on"
          name="percent"
          inputMode="decimal"
          defaultValue={percent ?? ''}
          error={placeOf(changing.error, 'percent')}
          hint="Of all that is billed of the same customer or product in the month. Leave it empty to have the amount alone decide."
        />
        <DialogSubmit act={changing}>Save</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

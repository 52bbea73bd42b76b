import { ApprovalLimits } from '@legendops/billing/invoice/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { api } from '../../lib/api.ts';
import { toMinorUnits, toWholeUnits } from '../../lib/money.ts';
import { placeOf } from '../../lib/problem.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMe } from '../../lib/session.ts';
import { textIn } from './decide-dialog.tsx';

const path = '/api/billing/v1/approval-limits';

const limits = queryOptions({
  queryKey: [path],
  queryFn: ({ signal }) => api.request({ method: 'GET', path, signal }, ApprovalLimits),
});

const change: ActKind<{ currency: string; limitMinor: string | null }, ApprovalLimits> = {
  answer: ApprovalLimits,
  done: (answer) => queryClient.setQueryData(limits.queryKey, answer),
  request: (body) => ({ method: 'PUT', path, body }),
};

/** Above which amount two persons approve: shown to whoever may change it. */
export const LimitButton = () => {
  const [open, setOpen] = useState(false);
  const { currency } = useMe().tenant;
  const { data } = useQuery(limits);
  if (data?.acts.change.may !== true) return null;
  const limit = data.data.find((one) => one.currency === currency)?.limitMinor;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <UserRoundCheck aria-hidden />
        Change who approves
      </Button>
      {open && <LimitDialog limit={limit} currency={currency} onClose={() => setOpen(false)} />}
    </>
  );
};

interface LimitDialogProps {
  limit: string | undefined;
  currency: string;
  onClose: () => void;
}

const LimitDialog = ({ limit, currency, onClose }: LimitDialogProps) => {
  const changing = useAct(change);
  const [wrong, setWrong] = useState<string>();
  return (
    <Dialog title="Who approves invoices?" act={changing} onClose={onClose}>
      <DraftForm
        name="approval-limit"
        act={changing}
        onSubmit={(form) => {
          const text = textIn(form, 'limit');
          const limitMinor = text === '' ? null : toMinorUnits(text, currency);
          setWrong(limitMinor === undefined ? `Write an amount in ${currency}, such as 5000` : undefined);
          if (limitMinor !== undefined) changing.run({ currency, limitMinor }, onClose);
        }}
      >
        <TextField
          label={`Two persons approve above, in ${currency}`}
          name="limit"
          inputMode="decimal"
          defaultValue={limit === undefined ? '' : toWholeUnits(limit, currency)}
          error={wrong ?? placeOf(changing.error, 'limitMinor')}
          hint="The second is another administrator; a change in between needs both again. Leave it empty to have one person approve any amount."
        />
        <DialogSubmit act={changing}>Save limit</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

import type { SeatPushDetail } from '@legendops/portal/seat-push/contract';
import { Check, Send } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { formatMonth } from '../../lib/calendar.ts';
import { placeOf } from '../../lib/problem.ts';
import { useApprovePush, usePrepare, useRejectPush, useSendPush } from './seat-acts.ts';

interface PushProps {
  push: SeatPushDetail;
}

const changes = (count: number): string => (count === 1 ? 'one change' : `${count} changes`);

/** What the months after it are to have, where a change would hold on in them. */
const ofLaterMonths = (count: number): string =>
  count === 0
    ? 'Pax8 has the same in the months after it, as far as they have begun.'
    : `${count === 1 ? 'One of the changes is' : `${count} of the changes are`} of a later month, which has what Pax8 has there.`;

export const ApprovePush = ({ push }: PushProps) => (
  <AskFirst
    subject={push}
    offered={push.acts.approve.may}
    act={useApprovePush()}
    look="primary"
    renderQuestion={({ period, lines, data }) => ({
      title: 'Approve these changes?',
      confirm: 'Approve changes',
      body: (
        <>
          <p>
            You approve exactly {changes(lines.waiting)} of contracts in SuperOps for {formatMonth(period)}. What is
            held is not part of it. Nothing is sent yet: “Send to SuperOps” does that.
          </p>
          <p>
            A quantity holds on in its contract until the next change.{' '}
            {ofLaterMonths(data.filter(({ state, isOfLaterMonth }) => state === 'waiting' && isOfLaterMonth).length)}
          </p>
        </>
      ),
    })}
  >
    <Check aria-hidden />
    Approve
  </AskFirst>
);

export const SendPush = ({ push }: PushProps) => (
  <AskFirst
    subject={push}
    offered={push.acts.send.may}
    act={useSendPush()}
    look="primary"
    renderQuestion={({ lines }) => ({
      title: 'Send to SuperOps?',
      confirm: 'Send changes',
      body: (
        <p>
          {changes(lines.waiting)} will stand in the contracts, and what SuperOps invoices follows them. Each contract
          is looked at first; one that was changed meanwhile is left alone and told.
        </p>
      ),
    })}
  >
    <Send aria-hidden />
    Send to SuperOps
  </AskFirst>
);

/** Reads both again. What was seen before is replaced by what is so now. */
export const ComparePushAgain = ({ push, onDone }: PushProps & { onDone: (push: SeatPushDetail) => void }) => {
  const comparing = usePrepare();
  return (
    <>
      <ActProblem error={comparing.error} />
      {push.acts.prepare.may && (
        <Button pending={comparing.pending} onClick={() => comparing.run(push.period, onDone)}>
          Check seats again
        </Button>
      )}
    </>
  );
};

const draftOf = ({ id }: SeatPushDetail) => `seats.reject.${id}`;

export const RejectPush = ({ push }: PushProps) => {
  const [open, setOpen] = useState(useKept(draftOf(push)));
  return (
    <>
      {push.acts.reject.may && <Button onClick={() => setOpen(true)}>Reject</Button>}
      {open && <RejectDialog push={push} onClose={() => setOpen(false)} />}
    </>
  );
};

const RejectDialog = ({ push, onClose }: PushProps & { onClose: () => void }) => {
  const rejecting = useRejectPush();
  return (
    <Dialog title="Reject these changes?" act={rejecting} onClose={onClose}>
      <DraftForm
        name={draftOf(push)}
        act={rejecting}
        onSubmit={(form) => rejecting.run({ id: push.id, reason: textOf(form, 'reason').trim() }, onClose)}
      >
        <p>What is not sent yet stays unsent. What was sent stays in SuperOps.</p>
        <TextField
          label="Reason"
          name="reason"
          required
          maxLength={500}
          error={placeOf(rejecting.error, 'reason')}
          hint="Kept with the comparison and in the audit trail."
        />
        <DialogSubmit act={rejecting} look="danger">
          Reject changes
        </DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { SelectField, TextAreaField, TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { textOf } from '../../components/text-of.ts';
import { placeOf } from '../../lib/problem.ts';
import { ticketChoices } from '../../lib/queries/service-desk.ts';
import { useCreateTicket } from './ticket-acts.ts';

interface NewTicketProps {
  customerId: string;
  clientName: string;
}

const draftOf = (customerId: string) => `ticket.new.${customerId}`;

export const NewTicketButton = (props: NewTicketProps) => {
  const [open, setOpen] = useState(useKept(draftOf(props.customerId)));
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New ticket
      </Button>
      {open && <NewTicketDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
};

const NewTicketDialog = ({ customerId, clientName, onClose }: NewTicketProps & { onClose: () => void }) => {
  const creating = useCreateTicket();
  const { data: choices, isError, error, refetch } = useQuery(ticketChoices);
  return (
    <Dialog title={`New ticket for ${clientName}`} act={creating} onClose={onClose}>
      {isError && <ProblemNotice error={error} onRetry={refetch} />}
      <DraftForm
        name={draftOf(customerId)}
        act={creating}
        onSubmit={(form) => {
          const priority = textOf(form, 'priority');
          const ticket = {
            subject: textOf(form, 'subject').trim(),
            text: textOf(form, 'text').trim(),
            status: textOf(form, 'status'),
            ...(priority !== '' && { priority }),
          };
          creating.run({ customerId, ticket }, onClose);
        }}
      >
        <TextField label="Subject" name="subject" required maxLength={200} error={placeOf(creating.error, 'subject')} />
        <TextAreaField
          label="What it is about"
          name="text"
          required
          maxLength={10_000}
          error={placeOf(creating.error, 'text')}
          hint="A reference is added at its end, by which it is made once."
        />
        <SelectField label="Status" name="status" required aria-busy={choices === undefined && !isError}>
          {choices?.statuses.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField label="Priority" name="priority">
          <option value="">As SuperOps decides</option>
          {choices?.priorities.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <ActProblem error={creating.error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" pending={creating.pending}>
            Open ticket
          </Button>
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

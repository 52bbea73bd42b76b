import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { useCreateTicket } from './ticket-acts.ts';
import { TicketFields, ticketIn } from './ticket-fields.tsx';

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
  return (
    <Dialog title={`New ticket for ${clientName}`} act={creating} onClose={onClose}>
      <DraftForm
        name={draftOf(customerId)}
        act={creating}
        onSubmit={(form) => creating.run({ customerId, ticket: ticketIn(form) }, onClose)}
      >
        <TicketFields error={creating.error} />
        <DialogSubmit act={creating}>Open ticket</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

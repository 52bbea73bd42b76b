import type { BillingException } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { customerTickets } from '../../lib/queries/service-desk.ts';
import { useCreateTicket, useLinkTicket } from './ticket-acts.ts';
import { TicketFields, ticketIn } from './ticket-fields.tsx';

interface DialogProps {
  exception: BillingException;
  customerId: string;
  onClose: () => void;
}

export const draftOfException = (id: string) => `ticket.exception.${id}`;

/** A new ticket for an exception, or one that the customer has already. */
export const ExceptionTicketDialog = ({ exception, customerId, onClose }: DialogProps) => {
  const creating = useCreateTicket();
  const linking = useLinkTicket();
  const [ticketId, setTicketId] = useState('');
  const act = ticketId === '' ? creating : linking;
  return (
    <Dialog title={`Ticket for ${exception.customerName ?? 'this exception'}`} act={act} onClose={onClose}>
      <QueryView query={useQuery(customerTickets(customerId, 'now'))}>
        {({ client, data }) =>
          client === null ? (
            <NotAClient />
          ) : (
            <DraftForm
              name={draftOfException(exception.id)}
              act={act}
              onSubmit={(form) => {
                if (ticketId !== '') linking.run({ exceptionId: exception.id, customerId, ticketId }, onClose);
                else creating.run({ customerId, ticket: { ...ticketIn(form), exceptionId: exception.id } }, onClose);
              }}
            >
              <p className="text-pretty text-muted">{exception.detail}</p>
              <SelectField
                label="Ticket"
                name="ticketId"
                value={ticketId}
                onChange={({ currentTarget }) => setTicketId(currentTarget.value)}
              >
                <option value="">A new one</option>
                {data.map((ticket) => (
                  <option key={ticket.ticketId} value={ticket.ticketId}>
                    {ticket.displayId}: {ticket.subject}
                  </option>
                ))}
              </SelectField>
              {ticketId === '' && <TicketFields error={creating.error} />}
              <DialogSubmit act={act}>{ticketId === '' ? 'Open ticket' : 'Save ticket'}</DialogSubmit>
            </DraftForm>
          )
        }
      </QueryView>
    </Dialog>
  );
};

const NotAClient = () => (
  <>
    <p>
      Nobody has said yet which client in SuperOps this customer is. Press “Confirm link” under “Links” beside it first.
    </p>
    <DialogActions>
      <CancelButton />
    </DialogActions>
  </>
);

import type { BillingException } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { exceptionTickets } from '../../lib/queries/service-desk.ts';
import { superOpsConnection } from '../../lib/queries/superops.ts';
import { useMay } from '../../lib/session.ts';
import { draftOfException, ExceptionTicketDialog } from './exception-ticket-dialog.tsx';
import { useUnlinkTicket } from './ticket-acts.ts';

/** The ticket that an exception has, or the way to one; nothing where there is no service desk for this person. */
export const ExceptionTicket = ({ exception }: { exception: BillingException }) =>
  useMay('service-desk.read') && exception.customerId !== null ? (
    <OfServiceDesk exception={exception} customerId={exception.customerId} />
  ) : null;

interface OfCustomer {
  exception: BillingException;
  customerId: string;
}

const OfServiceDesk = (props: OfCustomer) => {
  const { data } = useQuery(superOpsConnection);
  return data?.connection ? <OfConnected {...props} /> : null;
};

const OfConnected = ({ exception, customerId }: OfCustomer) => {
  const { data } = useQuery(exceptionTickets);
  const [open, setOpen] = useState(useKept(draftOfException(exception.id)));
  const ticket = data?.data.find(({ exceptionId }) => exceptionId === exception.id);
  const removal = useUnlinkTicket();
  const mayLink = data?.acts.link.may === true;
  if (ticket)
    return (
      <span className="flex flex-wrap items-center gap-1">
        <TextLink to="/customers/$customerId" params={{ customerId }}>
          Ticket: {ticket.subject}
        </TextLink>
        <AskFirst
          subject={ticket}
          act={removal}
          offered={mayLink}
          look="quiet"
          label={`Remove ticket: ${ticket.subject}`}
          renderQuestion={({ subject }) => ({
            title: 'Remove this ticket?',
            confirm: 'Remove ticket',
            look: 'danger',
            body: (
              <p>
                <strong>{subject}</strong> is no longer the ticket of this exception. It stays in SuperOps.
              </p>
            ),
          })}
        >
          Remove ticket
        </AskFirst>
      </span>
    );
  return (
    <>
      {mayLink && (
        <Button look="quiet" aria-label={`Add ticket: ${exception.detail}`} onClick={() => setOpen(true)}>
          Add ticket
        </Button>
      )}
      {open && <ExceptionTicketDialog exception={exception} customerId={customerId} onClose={() => setOpen(false)} />}
    </>
  );
};

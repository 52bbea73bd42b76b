import type { Ticket, TicketDetail, TicketMessage } from '@legendops/portal/service-desk/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextAreaField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { textOf } from '../../components/text-of.ts';
import { formatInstant } from '../../lib/calendar.ts';
import { placeOf } from '../../lib/problem.ts';
import { customerTicket } from '../../lib/queries/service-desk.ts';
import { useMe } from '../../lib/session.ts';
import { useReply } from './ticket-acts.ts';

interface TicketProps {
  customerId: string;
  ticket: Ticket;
  mayWrite: boolean;
}

/** A ticket with its conversation, and the answer to it. */
export const OpenTicket = (props: TicketProps) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-label={`Open ticket ${props.ticket.displayId}`} onClick={() => setOpen(true)}>
        Open
      </Button>
      {open && <TicketDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
};

const TicketDialog = ({ customerId, ticket, mayWrite, onClose }: TicketProps & { onClose: () => void }) => {
  const { ticketId, displayId, subject } = ticket;
  const replying = useReply();
  return (
    <Dialog title={`${displayId}: ${subject}`} act={replying} onClose={onClose}>
      <QueryView query={useQuery(customerTicket(customerId, ticketId))}>
        {({ messages, exceptions }) => (
          <>
            <OfWorklist exceptions={exceptions} />
            <Conversation messages={messages} />
          </>
        )}
      </QueryView>
      <DraftForm
        name={`ticket.${ticketId}`}
        act={replying}
        onSubmit={(form) =>
          replying.run({ customerId, ticketId, reply: { text: textOf(form, 'text').trim() } }, onClose)
        }
      >
        {mayWrite && (
          <TextAreaField
            label="Your answer"
            name="text"
            required
            maxLength={10_000}
            error={placeOf(replying.error, 'text')}
            hint="It goes to the customer, with a reference at its end."
          />
        )}
        <ActProblem error={replying.error} />
        <DialogActions>
          <CancelButton />
          {mayWrite && (
            <Button type="submit" look="primary" pending={replying.pending}>
              Send answer
            </Button>
          )}
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

/** What of the worklist it is for. */
const OfWorklist = ({ exceptions }: Pick<TicketDetail, 'exceptions'>) =>
  exceptions.map(({ exceptionId, detail }) => (
    <Notice
      key={exceptionId}
      tone="info"
      title="For an exception on the worklist"
      action={<TextLink to="/exceptions">See exceptions</TextLink>}
    >
      {detail}
    </Notice>
  ));

const senders: Record<TicketMessage['from'], string> = {
  opening: 'Opened',
  customer: 'Customer',
  technician: 'Technician',
  notice: 'Notice',
  other: 'Message',
};

const Conversation = ({ messages }: { messages: TicketMessage[] }) => {
  const { timeZone } = useMe().tenant;
  return (
    <ol aria-label="Conversation" className="mb-4 flex flex-col gap-3">
      {messages.map(({ id, from, author, at, text }) => (
        <li key={id} className="rounded-md border border-line p-3">
          <p className="text-caption text-muted">
            {[senders[from], author, at === null ? null : formatInstant(at, timeZone)]
              .filter((part) => part !== null)
              .join(', ')}
          </p>
          <p className="whitespace-pre-line wrap-anywhere">{text}</p>
        </li>
      ))}
    </ol>
  );
};

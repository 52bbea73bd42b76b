import type { NewTicket } from '@legendops/portal/service-desk/contract';
import { useQuery } from '@tanstack/react-query';
import { SelectField, TextAreaField, TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { textOf } from '../../components/text-of.ts';
import { placeOf } from '../../lib/problem.ts';
import { ticketChoices } from '../../lib/queries/service-desk.ts';

/** What the fields of a new ticket say. */
export const ticketIn = (form: FormData): NewTicket => {
  const priority = textOf(form, 'priority');
  return {
    subject: textOf(form, 'subject').trim(),
    text: textOf(form, 'text').trim(),
    status: textOf(form, 'status'),
    ...(priority !== '' && { priority }),
  };
};

/** What SuperOps asks for of a new ticket. */
export const TicketFields = ({ error: refusal }: { error: unknown }) => {
  const { data: choices, isError, error, refetch } = useQuery(ticketChoices);
  return (
    <>
      {isError && <ProblemNotice error={error} onRetry={refetch} />}
      <TextField label="Subject" name="subject" required maxLength={200} error={placeOf(refusal, 'subject')} />
      <TextAreaField
        label="What it is about"
        name="text"
        required
        maxLength={10_000}
        error={placeOf(refusal, 'text')}
        hint="The customer may read it. A reference is added at its end, by which it is made once."
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
    </>
  );
};

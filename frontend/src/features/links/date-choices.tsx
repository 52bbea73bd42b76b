import { ClosedBooks, InvoiceDate, type Books } from '@legendops/billing/link/contract';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { useChooseDates } from './link-acts.ts';
import { textOf } from '../../components/text-of.ts';

/** The date of invoices, and what becomes of those of a month that the books have closed. */
export const DateChoices = ({ choices, acts }: Pick<Books, 'choices' | 'acts'>) => {
  const choosing = useChooseDates();
  return (
    <DraftForm
      name="books.dates"
      act={choosing}
      onSubmit={(form) =>
        choosing.run({
          invoiceDate: InvoiceDate.options.find((one) => one === textOf(form, 'invoiceDate')) ?? choices.invoiceDate,
          closedBooks: ClosedBooks.options.find((one) => one === textOf(form, 'closedBooks')) ?? choices.closedBooks,
        })
      }
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <SelectField
          label="Date of invoices"
          name="invoiceDate"
          defaultValue={choices.invoiceDate}
          disabled={!acts.choose.may}
          hint="An invoice is never due before the day on which it is posted."
        >
          <option value="period-end">The last day of its month</option>
          <option value="posting-day">The day on which it is posted</option>
        </SelectField>
        <SelectField
          label="Where the books are closed for that date"
          name="closedBooks"
          defaultValue={choices.closedBooks}
          disabled={!acts.choose.may}
        >
          <option value="ask">Wait, and ask on the worklist</option>
          <option value="first-open-day">Take the first open day</option>
        </SelectField>
      </div>
      <ActProblem error={choosing.error} />
      {acts.choose.may && (
        <div>
          <Button type="submit" pending={choosing.pending}>
            Save dates
          </Button>
        </div>
      )}
    </DraftForm>
  );
};

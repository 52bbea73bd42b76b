import type { InvoiceDetail, InvoiceLine } from '@legendops/billing/contract';
import { PencilLine, Plus, Undo2 } from 'lucide-react';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { DecideButton, textIn } from './decide-dialog.tsx';

const LineFields = ({ line, error }: { line?: InvoiceLine; error: unknown }) => (
  <>
    <TextField
      label="Description"
      name="description"
      required
      maxLength={1000}
      defaultValue={line?.description}
      error={placeOf(error, 'description')}
    />
    <TextField
      label="Quantity"
      name="quantity"
      required
      inputMode="decimal"
      defaultValue={line?.quantity ?? '1'}
      error={placeOf(error, 'quantity')}
    />
    <TextField
      label="Unit price"
      name="unitPrice"
      required
      inputMode="decimal"
      defaultValue={line?.unitPrice}
      error={placeOf(error, 'unitPrice')}
      hint="Quantity times this, rounded once, is the amount. Below nothing it is a discount."
    />
  </>
);

const names = ['description', 'quantity', 'unitPrice'] as const;

/** Changes the words or the numbers of a line; a run that writes the draft anew keeps them. */
export const EditLine = ({ invoice, line }: { invoice: InvoiceDetail; line: InvoiceLine }) => (
  <DecideButton
    invoice={invoice}
    act="edits"
    of={line.id}
    offered={invoice.acts.edit.may}
    title="Change this line"
    confirm="Save line"
    label={`Change ${line.description}`}
    button={
      <>
        <PencilLine aria-hidden />
        Change
      </>
    }
    body={(form, { contentHash }) => ({
      act: 'change',
      contentHash,
      lineId: line.id,
      ...Object.fromEntries(
        names.flatMap((name) => (textIn(form, name) === line[name] ? [] : [[name, textIn(form, name)]])),
      ),
    })}
    renderFields={(error) => <LineFields line={line} error={error} />}
  />
);

/** Takes a person's change of a line back. */
export const UndoEdit = ({ invoice, line }: { invoice: InvoiceDetail; line: InvoiceLine }) => (
  <DecideButton
    invoice={invoice}
    act="edits"
    of={`undo ${line.id}`}
    offered={invoice.acts.edit.may && line.edit !== null}
    title={line.edit?.rated === null ? 'Remove this line?' : 'As the rating has it?'}
    confirm={line.edit?.rated === null ? 'Remove line' : 'Undo change'}
    label={`${line.edit?.rated === null ? 'Remove' : 'Undo change of'} ${line.description}`}
    button={
      <>
        <Undo2 aria-hidden />
        {line.edit?.rated === null ? 'Remove' : 'Undo change'}
      </>
    }
    body={(_, { contentHash }) => ({ act: 'undo', contentHash, lineId: line.id })}
  />
);

/** A line of the person's own. */
export const AddLine = ({ invoice }: { invoice: InvoiceDetail }) => (
  <DecideButton
    invoice={invoice}
    act="edits"
    of="add"
    offered={invoice.acts.edit.may}
    title="Add a line"
    confirm="Add line"
    button={
      <>
        <Plus aria-hidden />
        Add line
      </>
    }
    body={(form, { contentHash }) => ({
      act: 'add',
      contentHash,
      ...Object.fromEntries(names.map((name) => [name, textIn(form, name)])),
    })}
    renderFields={(error) => <LineFields error={error} />}
  />
);

import type { ReactNode } from 'react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { readInput, type Rows, type Schema } from '../../components/schema.ts';
import { SchemaFields } from '../../components/schema-fields.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';

interface ThingFormProps {
  draft: string;
  confirm: string;
  schema: Schema;
  /** What was said of it before. */
  said?: unknown;
  act: AnyAct;
  /** Fields that the schema does not have. */
  children?: ReactNode;
  onInput: (input: Record<string, unknown>, form: FormData) => void;
}

/** The form of a thing of a design, made of its schema. */
export const ThingForm = ({ draft, confirm, schema, said, act, children, onInput }: ThingFormProps) => {
  const [rows, setRows] = useState<Rows>({});
  return (
    <DraftForm
      name={draft}
      act={act}
      onSubmit={(form) => {
        const given = (name: string) => {
          const value = form.get(name);
          return typeof value === 'string' ? value : undefined;
        };
        onInput(readInput(schema, given, rows), form);
      }}
    >
      <SchemaFields
        schema={schema}
        said={said}
        rows={rows}
        onRows={(path, count) => setRows({ ...rows, [path]: count })}
        error={act.error}
      />
      {children}
      <ActProblem error={act.error} />
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" pending={act.pending}>
          {confirm}
        </Button>
      </DialogActions>
    </DraftForm>
  );
};

/** A product's id as a form says it. */
export const productIn = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
};

import type { ReactNode } from 'react';
import { useState } from 'react';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
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
      <DialogSubmit act={act}>{confirm}</DialogSubmit>
    </DraftForm>
  );
};

/** A product's id as a form says it. */
export const productIn = (form: FormData, name: string): string | null => {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
};

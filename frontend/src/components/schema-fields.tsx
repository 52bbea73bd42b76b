import { Plus, Trash2 } from 'lucide-react';
import { placeOf } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { SelectField, TextField } from './fields.tsx';
import { choicesOf, fieldsOf, labelOf, saidOf, usualOf, type Rows, type Schema } from './schema.ts';

interface FieldsProps {
  schema: Schema;
  /** Where the fields are, ending in a full stop unless at the top. */
  path?: string;
  /** What was said before, in the shape of the schema. */
  said?: unknown;
  rows: Rows;
  onRows: (path: string, count: number) => void;
  error: Error | null;
}

/** The fields of an input, made of its schema. */
export const SchemaFields = ({ schema, path = '', ...all }: FieldsProps) => (
  <div className="grid items-start gap-3 sm:grid-cols-2">
    {fieldsOf(schema).map(([name, field]) => {
      const props = { ...all, name, schema: field, path: `${path}${name}`, isRequired: isRequired(schema, name) };
      if (field.type === 'object') return <Group key={name} {...props} />;
      if (field.type === 'array' && field.items?.type === 'object') return <List key={name} {...props} />;
      return <Field key={name} {...props} />;
    })}
  </div>
);

const isRequired = ({ required = [] }: Schema, name: string): boolean => required.includes(name);

interface FieldProps extends FieldsProps {
  name: string;
  path: string;
  isRequired: boolean;
}

const hintOf = ({ schema, isRequired: required }: FieldProps): string | undefined => {
  const usual = usualOf(schema);
  if (schema.type === 'array') return 'Several are parted by spaces.';
  if (usual !== undefined && usual !== '0') return `${usual} where it is empty.`;
  return required ? undefined : 'May be empty.';
};

const isText = ({ type }: Schema): boolean => type === 'array' || type === 'string';

const Field = (props: FieldProps) => {
  const { name, path, schema, said, isRequired: required, error } = props;
  const wrong = placeOf(error, path.replaceAll('.', '/'));
  const label = labelOf(name, schema);
  const choices = choicesOf(schema);
  const before = saidOf(said, path);
  if (choices !== undefined)
    return (
      <SelectField
        label={label}
        name={path}
        required={required}
        defaultValue={before ?? usualOf(schema) ?? ''}
        error={wrong}
      >
        {usualOf(schema) === undefined && <option value="">{required ? 'Choose one' : 'None'}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </SelectField>
    );
  if (schema.type === 'boolean')
    return (
      <label className="flex items-center gap-2 self-center">
        <input
          type="checkbox"
          name={path}
          defaultChecked={before === undefined ? schema.default === true : before === 'true'}
        />
        {label}
      </label>
    );
  return (
    <TextField
      label={label}
      name={path}
      inputMode={isText(schema) ? 'text' : 'decimal'}
      required={required}
      defaultValue={before}
      hint={hintOf(props)}
      error={wrong}
    />
  );
};

const Group = ({ name, path, schema, ...all }: FieldProps) => {
  const fields = <SchemaFields {...all} schema={schema} path={`${path}.`} />;
  if (schema.folded === true)
    return (
      <details className="rounded-md border border-line p-3 sm:col-span-2" open={saidOf(all.said, path) !== undefined}>
        <summary className="cursor-pointer font-medium">{labelOf(name, schema)}</summary>
        <div className="mt-3">{fields}</div>
      </details>
    );
  return (
    <fieldset className="rounded-md border border-line p-3 sm:col-span-2">
      <legend className="px-1 font-medium">{labelOf(name, schema)}</legend>
      {fields}
    </fieldset>
  );
};

const List = ({ name, path, schema, rows, onRows, ...all }: FieldProps) => {
  const count = rows[path] ?? 1;
  const { items = {} } = schema;
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3 sm:col-span-2">
      <legend className="px-1 font-medium">{labelOf(name, schema)}</legend>
      {Array.from({ length: count }, (_row, index) => (
        <fieldset key={index} className="border-b border-line pb-3 last-of-type:border-b-0">
          <legend className="mb-1 text-caption text-muted">{`${index + 1}. ${items.description ?? name}`}</legend>
          <SchemaFields {...all} schema={items} path={`${path}.${index}.`} rows={rows} onRows={onRows} />
        </fieldset>
      ))}
      <div className="flex gap-2">
        <Button onClick={() => onRows(path, count + 1)}>
          <Plus aria-hidden />
          Add one
        </Button>
        {count > 1 && (
          <Button look="quiet" onClick={() => onRows(path, count - 1)}>
            <Trash2 aria-hidden />
            Remove the last
          </Button>
        )}
      </div>
    </fieldset>
  );
};

import { useId, type ComponentProps, type ReactNode } from 'react';

export const controlClass =
  'h-8 w-full rounded-md border border-edge bg-surface px-2.5 text-ink placeholder:text-muted aria-invalid:border-bad';

interface Labelled {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

interface FrameProps extends Labelled {
  id: string;
  children: ReactNode;
}

const isGiven = (hint: ReactNode): boolean => hint !== undefined && hint !== false;

const Frame = ({ id, label, hint, error, children }: FrameProps) => (
  <div className="flex min-w-0 flex-col gap-1">
    <label htmlFor={id} className="font-medium">
      {label}
    </label>
    {children}
    {isGiven(hint) && (
      <p id={`${id}-hint`} className="text-caption text-muted">
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p id={`${id}-error`} className="text-caption text-bad">
        {error}
      </p>
    )}
  </div>
);

const described = (id: string, { hint, error }: Labelled) => ({
  'aria-describedby':
    `${isGiven(hint) ? `${id}-hint` : ''} ${error === undefined ? '' : `${id}-error`}`.trim() || undefined,
  'aria-invalid': error !== undefined,
});

export const TextField = ({ label, hint, error, ...input }: Labelled & ComponentProps<'input'>) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        autoComplete="off"
        {...described(id, { label, hint, error })}
        {...input}
        className={controlClass}
      />
    </Frame>
  );
};

export const TextAreaField = ({ label, hint, error, ...area }: Labelled & ComponentProps<'textarea'>) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={5}
        {...described(id, { label, hint, error })}
        {...area}
        className="w-full rounded-md border border-edge bg-surface px-2.5 py-1.5 text-ink aria-invalid:border-bad"
      />
    </Frame>
  );
};

export const SelectField = ({ label, hint, error, children, ...select }: Labelled & ComponentProps<'select'>) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select id={id} {...described(id, { label, hint, error })} {...select} className={controlClass}>
        {children}
      </select>
    </Frame>
  );
};

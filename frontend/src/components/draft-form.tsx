import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { AnyAct } from '../lib/act/use-act.ts';
import { drafts } from '../lib/drafts.ts';
import { useMe } from '../lib/session.ts';
import { contentOf, fillIn, valuesOf } from './fill-in.ts';
import { Notice } from './notice.tsx';

interface DraftFormProps {
  /** The same wherever the form comes up again, so that what was typed finds back to it. */
  name: string;
  /** What the form is for: under way it is not sent again, and done it has nothing to lose. */
  act: AnyAct;
  onSubmit: (form: FormData) => void;
  children: ReactNode;
}

/** A form whose typed values are not lost: leaving it is asked about, the end of the session keeps all but secrets. */
export const DraftForm = ({ name, act, onSubmit, children }: DraftFormProps) => {
  const { member } = useMe();
  const element = useRef<HTMLFormElement>(null);
  const [restored] = useState(() => drafts.hasKept(name, member.id));
  const { isDone } = act;
  useLayoutEffect(() => {
    const form = element.current;
    if (form === null) return undefined;
    const untouched = contentOf(form);
    const isDirty = () => !isDone() && contentOf(form) !== untouched;
    const leave = drafts.open({ name, element: form, isDirty, values: () => valuesOf(form) });
    const kept = drafts.take(name, member.id);
    const stop = kept === undefined ? undefined : fillIn(form, kept);
    return () => {
      stop?.();
      leave();
    };
  }, [name, member.id, isDone]);
  return (
    <form
      ref={element}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.pending) onSubmit(new FormData(event.currentTarget));
      }}
    >
      {restored && <Notice tone="info" title="What you had typed before you signed in again is still here" />}
      {children}
    </form>
  );
};

/** Whether a form that was open when the session ended is to come up again. */
export const useKept = (name: string): boolean => {
  const { member } = useMe();
  return drafts.hasKept(name, member.id);
};

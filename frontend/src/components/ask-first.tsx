import { useState, type ReactNode } from 'react';
import type { Act } from '../lib/act/use-act.ts';
import { Button } from './button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface Question {
  title: string;
  confirm: string;
  look?: 'primary' | 'danger';
  /** What will have happened afterwards. */
  body: ReactNode;
}

interface AskFirstProps<Subject, Answer> {
  subject: Subject;
  act: Act<Subject, Answer>;
  /** What is asked of somebody who saw this. */
  renderQuestion: (seen: Subject) => Question;
  /** Whether it can be done now. A question that is open stays open until it is answered. */
  offered?: boolean;
  look?: 'primary' | 'secondary' | 'danger' | 'quiet';
  /** The button's name where it stands among others of its kind. */
  label?: string;
  children: ReactNode;
}

/**
 * A button that asks first. What is asked about, and done, is what the person saw when pressing it, whatever arrives in
 * the background meanwhile; the question ends with the act's success and tells its failure.
 */
export const AskFirst = <Subject, Answer>({
  subject,
  act,
  renderQuestion,
  offered = true,
  look = 'secondary',
  label,
  children,
}: AskFirstProps<Subject, Answer>) => {
  const [seen, setSeen] = useState<{ subject: Subject } | null>(null);
  const close = () => {
    setSeen(null);
    act.reset();
  };
  const question = seen === null ? null : renderQuestion(seen.subject);
  return (
    <>
      {offered && (
        <Button look={look} aria-label={label} onClick={() => setSeen({ subject })}>
          {children}
        </Button>
      )}
      {seen !== null && question !== null && (
        <ConfirmDialog
          title={question.title}
          confirm={question.confirm}
          look={question.look ?? 'primary'}
          act={act}
          onConfirm={() => act.run(seen.subject, close)}
          onClose={close}
        >
          {question.body}
        </ConfirmDialog>
      )}
    </>
  );
};

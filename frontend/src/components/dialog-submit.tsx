import type { ReactNode } from 'react';
import type { AnyAct } from '../lib/act/use-act.ts';
import { ActProblem } from './act-problem.tsx';
import { Button } from './button.tsx';
import { CancelButton, DialogActions } from './dialog.tsx';

interface DialogSubmitProps {
  act: AnyAct;
  look?: 'primary' | 'danger';
  /** What the button says. */
  children: ReactNode;
}

/** The end of a form in a dialog: why its act was not done, a way out, and the button that does it. */
export const DialogSubmit = ({ act, look = 'primary', children }: DialogSubmitProps) => (
  <>
    <ActProblem error={act.error} />
    <DialogActions>
      <CancelButton />
      <Button type="submit" look={look} pending={act.pending}>
        {children}
      </Button>
    </DialogActions>
  </>
);

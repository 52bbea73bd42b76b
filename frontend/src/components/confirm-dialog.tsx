import type { ReactNode } from 'react';
import type { AnyAct } from '../lib/act/use-act.ts';
import { Button } from './button.tsx';
import { CancelButton, Dialog, DialogActions } from './dialog.tsx';
import { ActProblem } from './act-problem.tsx';

interface ConfirmDialogProps {
  title: string;
  /** What will have happened afterwards. */
  children: ReactNode;
  confirm: string;
  look?: 'primary' | 'danger';
  act: AnyAct;
  onConfirm: () => void;
  onClose: () => void;
}

export const ConfirmDialog = ({ act, look = 'primary', ...props }: ConfirmDialogProps) => (
  <Dialog title={props.title} act={act} onClose={props.onClose}>
    <div className="flex flex-col gap-3">
      {props.children}
      <ActProblem error={act.error} />
    </div>
    <DialogActions>
      <CancelButton />
      <Button look={look} pending={act.pending} onClick={props.onConfirm}>
        {props.confirm}
      </Button>
    </DialogActions>
  </Dialog>
);

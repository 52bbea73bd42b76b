import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface ConfirmDialogProps {
  title: string;
  /** What will have happened afterwards. */
  children: ReactNode;
  confirm: string;
  look?: 'primary' | 'danger';
  act: { isPending: boolean; error: Error | null };
  onConfirm: () => void;
  onClose: () => void;
}

export const ConfirmDialog = ({ act, look = 'primary', ...props }: ConfirmDialogProps) => (
  <Dialog title={props.title} onClose={props.onClose}>
    <div className="flex flex-col gap-3">
      {props.children}
      {act.error !== null && <ProblemNotice error={act.error} />}
    </div>
    <DialogActions>
      <Button onClick={props.onClose}>Cancel</Button>
      <Button look={look} pending={act.isPending} onClick={props.onConfirm}>
        {props.confirm}
      </Button>
    </DialogActions>
  </Dialog>
);

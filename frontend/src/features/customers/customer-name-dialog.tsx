import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface CustomerNameDialogProps {
  title: string;
  confirm: string;
  name?: string;
  act: { isPending: boolean; error: Error | null };
  onName: (name: string) => void;
  onClose: () => void;
}

export const CustomerNameDialog = ({ title, confirm, name = '', act, onName, onClose }: CustomerNameDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <form
      className="flex flex-col gap-3"
      action={(form) => {
        const given = form.get('name');
        if (typeof given === 'string' && given.trim() !== '') onName(given.trim());
      }}
    >
      <TextField label="Name" name="name" required maxLength={256} defaultValue={name} />
      {act.error !== null && <ProblemNotice error={act.error} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.isPending}>
          {confirm}
        </Button>
      </DialogActions>
    </form>
  </Dialog>
);

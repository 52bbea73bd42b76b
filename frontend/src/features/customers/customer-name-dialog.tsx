import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ApiProblem } from '../../lib/problem.ts';

interface CustomerNameDialogProps {
  title: string;
  confirm: string;
  name?: string;
  act: { isPending: boolean; error: Error | null };
  onName: (name: string, more: { evenIfNameIsTaken?: boolean }) => void;
  onClose: () => void;
}

const isTaken = (error: Error | null): boolean => error instanceof ApiProblem && error.code === 'customer.name-taken';

export const CustomerNameDialog = ({ title, confirm, name = '', act, onName, onClose }: CustomerNameDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <form
      className="flex flex-col gap-3"
      action={(form) => {
        const given = form.get('name');
        const evenIfNameIsTaken = form.get('evenIfNameIsTaken') !== null;
        if (typeof given === 'string' && given.trim() !== '')
          onName(given.trim(), evenIfNameIsTaken ? { evenIfNameIsTaken } : {});
      }}
    >
      <TextField label="Name" name="name" required maxLength={256} defaultValue={name} />
      {act.error !== null && <ProblemNotice error={act.error} />}
      {isTaken(act.error) && (
        <label className="flex items-center gap-2">
          <input type="checkbox" name="evenIfNameIsTaken" />
          There are two customers of this name
        </label>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={act.isPending}>
          {confirm}
        </Button>
      </DialogActions>
    </form>
  </Dialog>
);

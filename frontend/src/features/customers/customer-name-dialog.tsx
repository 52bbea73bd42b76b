import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { ActProblem } from '../../components/act-problem.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';
import { ApiProblem } from '../../lib/problem.ts';

interface CustomerNameDialogProps {
  title: string;
  confirm: string;
  /** Names the form, so that what is typed finds back to it. */
  draft: string;
  name?: string;
  act: AnyAct;
  onName: (name: string, more: { evenIfNameIsTaken?: boolean }) => void;
  onClose: () => void;
}

const isTaken = (error: Error | null): boolean => error instanceof ApiProblem && error.code === 'customer.name-taken';

export const CustomerNameDialog = ({ name = '', act, onName, ...props }: CustomerNameDialogProps) => (
  <Dialog title={props.title} act={act} onClose={props.onClose}>
    <DraftForm
      name={props.draft}
      act={act}
      onSubmit={(form) => {
        const given = form.get('name');
        const evenIfNameIsTaken = form.get('evenIfNameIsTaken') !== null;
        if (typeof given === 'string' && given.trim() !== '')
          onName(given.trim(), evenIfNameIsTaken ? { evenIfNameIsTaken } : {});
      }}
    >
      <TextField label="Name" name="name" required maxLength={256} defaultValue={name} />
      <ActProblem error={act.error} />
      {isTaken(act.error) && (
        <label className="flex items-center gap-2">
          <input type="checkbox" name="evenIfNameIsTaken" />
          There are two customers of this name
        </label>
      )}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" pending={act.pending}>
          {props.confirm}
        </Button>
      </DialogActions>
    </DraftForm>
  </Dialog>
);

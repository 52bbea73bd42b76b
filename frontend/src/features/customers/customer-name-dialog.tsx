import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { ActProblem } from '../../components/act-problem.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';

interface CustomerNameDialogProps {
  title: string;
  confirm: string;
  /** Names the form, so that what is typed finds back to it. */
  draft: string;
  name?: string;
  act: AnyAct;
  onName: (name: string) => void;
  onClose: () => void;
}

export const CustomerNameDialog = ({ name = '', act, onName, ...props }: CustomerNameDialogProps) => (
  <Dialog title={props.title} act={act} onClose={props.onClose}>
    <DraftForm
      name={props.draft}
      act={act}
      onSubmit={(form) => {
        const given = form.get('name');
        if (typeof given === 'string' && given.trim() !== '') onName(given.trim());
      }}
    >
      <TextField label="Name" name="name" required maxLength={256} defaultValue={name} />
      <ActProblem error={act.error} />
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" pending={act.pending}>
          {props.confirm}
        </Button>
      </DialogActions>
    </DraftForm>
  </Dialog>
);

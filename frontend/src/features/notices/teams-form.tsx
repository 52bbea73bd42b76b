import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelEdit } from '../../components/cancel-edit.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { placeOf } from '../../lib/problem.ts';
import { useConnectTeams } from './notice-acts.ts';

export const teamsDraft = 'notices.teams';

interface TeamsFormProps {
  onConnected: () => void;
  /** Where a channel is replaced, and stays as it is. */
  onCancel: (() => void) | undefined;
}

/** Asks for the address of a channel's workflow, which a card is posted to before it is kept. */
export const TeamsForm = ({ onConnected, onCancel }: TeamsFormProps) => {
  const connecting = useConnectTeams();
  return (
    <DraftForm
      name={teamsDraft}
      act={connecting}
      onSubmit={(form) => connecting.run({ url: textOf(form, 'url').trim() }, onConnected)}
    >
      <TextField
        label="Address of the workflow"
        name="url"
        type="password"
        autoComplete="new-password"
        required
        maxLength={2_000}
        error={placeOf(connecting.error, 'url')}
        hint="In Teams beside the channel: Workflows, the one that sends webhook alerts to a channel, then its link. A card is posted there now. Kept in a vault; nobody can read it here again."
      />
      <ActProblem error={connecting.error} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" pending={connecting.pending}>
          Connect Teams
        </Button>
        {onCancel && <CancelEdit onCancel={onCancel} />}
      </div>
    </DraftForm>
  );
};

import { NoticeKind, type TeamsChannel } from '@legendops/billing/notice/contract';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { useChangeTeamsKinds } from './notice-acts.ts';
import { kindWords } from './notice-words.ts';

interface TeamsKindsProps {
  kinds: TeamsChannel['kinds'];
  mayChange: boolean;
}

/** Which notices go to the channel. */
export const TeamsKinds = ({ kinds, mayChange }: TeamsKindsProps) => {
  const changing = useChangeTeamsKinds();
  return (
    <DraftForm
      name="notices.teams-kinds"
      act={changing}
      onSubmit={(form) => changing.run({ kinds: NoticeKind.options.filter((kind) => form.has(kind)) })}
    >
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="mb-1 font-medium">What goes there</legend>
        {NoticeKind.options.map((kind) => (
          <label key={kind} className="inline-flex items-center gap-1.5">
            <input
              type="checkbox"
              name={kind}
              defaultChecked={kinds.includes(kind)}
              disabled={!mayChange}
              className="size-4 accent-accent"
            />
            {kindWords[kind].name}
          </label>
        ))}
      </fieldset>
      <ActProblem error={changing.error} />
      {mayChange && (
        <div>
          <Button type="submit" pending={changing.pending}>
            Save kinds
          </Button>
        </div>
      )}
    </DraftForm>
  );
};

import type { Run } from '@legendops/billing/contract';
import { ButtonLink } from '../../components/button-link.tsx';
import { RunState, jobNames } from '../../components/run-state.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

export const RunGroup = ({ runs }: { runs: Run[] }) => {
  const { timeZone } = useMe().tenant;
  return (
    <WorkGroup title="Runs that stopped">
      {runs.map(({ id, job, state, detail, code, startedAt }) => (
        <WorkItem
          key={id}
          status={<RunState state={state} />}
          title={`${jobNames[job]}, ${formatInstant(startedAt, timeZone)}`}
          detail={detail ?? code}
          nextStep={state === 'failed' ? 'It is tried again at its next time; nothing was billed twice.' : undefined}
          action={<ButtonLink to="/runs">See details</ButtonLink>}
        />
      ))}
    </WorkGroup>
  );
};

import { CircleCheck, CircleDashed, CircleDot } from 'lucide-react';
import { askAdministrator } from '@legendops/kit/contract/permissions';
import { ButtonLink } from '../../components/button-link.tsx';
import { Status } from '../../components/status.tsx';
import { useMe } from '../../lib/session.ts';
import { nextStepOf, type SetUpStep } from './set-up-steps.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

/** The way of a new provider to the first invoice: what is done, the one step that comes next, what follows. */
export const SetUpGroup = ({ steps }: { steps: SetUpStep[] }) => {
  const next = nextStepOf(steps);
  return (
    <WorkGroup
      title="Setting up"
      about={`${steps.filter(({ isDone }) => isDone).length} of ${steps.length} steps done`}
    >
      {steps.map((step) => (
        <Step key={step.title} step={step} isNext={step === next} />
      ))}
    </WorkGroup>
  );
};

const Step = ({ step: { title, about, isDone, act }, isNext }: { step: SetUpStep; isNext: boolean }) => {
  const { permissions } = useMe();
  const may = act !== undefined && permissions.includes(act.permission);
  return (
    <WorkItem
      status={<StepState isDone={isDone} isNext={isNext} />}
      title={title}
      detail={isDone ? undefined : about}
      nextStep={isNext && act !== undefined && !may ? askAdministrator : undefined}
      action={isNext && may && <ButtonLink to={act.to}>{act.word}</ButtonLink>}
    />
  );
};

const StepState = ({ isDone, isNext }: { isDone: boolean; isNext: boolean }) => {
  if (isDone)
    return (
      <Status tone="ok" icon={CircleCheck}>
        Done
      </Status>
    );
  return isNext ? (
    <Status tone="warn" icon={CircleDot}>
      Next
    </Status>
  ) : (
    <Status tone="quiet" icon={CircleDashed}>
      Later
    </Status>
  );
};

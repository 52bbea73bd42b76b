import type { Worklist } from '@legendops/billing/worklist/contract';
import { ButtonLink } from '../../components/button-link.tsx';
import { PeriodState } from '../../components/period-state.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

/** Months that are over and not billed, though their run has stopped or should have come. */
export const PeriodGroup = ({ months }: { months: Worklist['periods'] }) => (
  <WorkGroup title="Months that are not billed yet">
    {months.map(({ period, state, missing, nextStep }) => (
      <WorkItem
        key={period}
        status={<PeriodState state={state} />}
        title={formatMonth(period)}
        detail={missing}
        nextStep={nextStep}
        action={<ButtonLink to="/periods">See months</ButtonLink>}
      />
    ))}
  </WorkGroup>
);

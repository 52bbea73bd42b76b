import type { BilledPeriod } from '@legendops/billing/period/contract';
import { AskFirst } from '../../components/ask-first.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { useRunPeriod } from './period-acts.ts';

const whatItDoes: Record<BilledPeriod['state'], string> = {
  open: 'It is not over yet.',
  due: 'Its drafts are made by the job of the next night, right after usage was read.',
  run: 'It is looked at again by the job of the next night: drafts follow what was used, what is approved stays as it is.',
  skipped: 'It is billed after all: its drafts are made by the job of the next night.',
  closed: 'It is looked at once more by the job of the next night: what was not billed is drafted where it can be now.',
};

export const RunPeriod = ({ month }: { month: BilledPeriod }) => (
  <AskFirst
    subject={month}
    act={useRunPeriod()}
    offered={month.acts.run.may}
    label={`Run ${formatMonth(month.period)}`}
    renderQuestion={(seen) => ({
      title: `Run ${formatMonth(seen.period)}?`,
      confirm: 'Run month',
      body: <p>{whatItDoes[seen.state]} Nothing is sent to a customer by this.</p>,
    })}
  >
    Run
  </AskFirst>
);

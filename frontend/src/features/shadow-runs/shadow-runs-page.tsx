import type { ShadowOutcome, ShadowRun } from '@legendops/billing/shadow-run/contract';
import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { formatInstant, formatMonth } from '../../lib/calendar.ts';
import { shadowRuns, shadowRunsPath } from '../../lib/queries/shadow-runs.ts';
import { useMe } from '../../lib/session.ts';
import { ShadowRunLines } from './shadow-run-lines.tsx';
import { StartShadowRun } from './start-shadow-run.tsx';

interface ShadowRunsView {
  /** Which one is shown; the newest where none is named. */
  run?: string | undefined;
  outcome?: ShadowOutcome | undefined;
}

interface ShadowRunsPageProps {
  view: ShadowRunsView;
  onView: (changed: ShadowRunsView) => void;
}

const title = 'Shadow runs';
const about =
  'A past month as it would have been billed here, line by line against the invoices and credit memos that are in QuickBooks.';

export const ShadowRunsPage = ({ view, onView }: ShadowRunsPageProps) => (
  <QueryView query={useQuery(shadowRuns)}>
    {({ data, acts }) => {
      const start = acts.start.may && <StartShadowRun onDone={({ id }) => onView({ run: id, outcome: undefined })} />;
      const shown = data.find(({ id }) => id === view.run) ?? data[0];
      return (
        <Page
          title={title}
          about={about}
          actions={
            <>
              {shown !== undefined && <SaveRun run={shown} />}
              {start}
            </>
          }
        >
          {shown === undefined ? (
            <NoRuns />
          ) : (
            <>
              <ChooseRun runs={data} shown={shown} onChoose={(run) => onView({ run, outcome: undefined })} />
              <ShadowRunLines run={shown} outcome={view.outcome} onOutcome={(outcome) => onView({ outcome })} />
            </>
          )}
        </Page>
      );
    }}
  </QueryView>
);

interface ChooseRunProps {
  runs: readonly ShadowRun[];
  shown: ShadowRun;
  onChoose: (id: string) => void;
}

const ChooseRun = ({ runs, shown, onChoose }: ChooseRunProps) => {
  const { timeZone } = useMe().tenant;
  return (
    <div className="flex">
      <SelectField label="Shadow run" value={shown.id} onChange={({ currentTarget: { value } }) => onChoose(value)}>
        {runs.map(({ id, period, createdAt }) => (
          <option key={id} value={id}>
            {formatMonth(period)}, compared on {formatInstant(createdAt, timeZone)}
          </option>
        ))}
      </SelectField>
    </div>
  );
};

const SaveRun = ({ run: { id, period } }: { run: ShadowRun }) => {
  const saving = useSaveFile(`${shadowRunsPath}/${id}/export`, `shadow-run-${period.slice(0, 7)}.csv`);
  return (
    <>
      <ExportButton saving={saving}>Export</ExportButton>
      <ActProblem error={saving.error} />
    </>
  );
};

const NoRuns = () => (
  <EmptyState icon={Scale} title="No shadow run yet">
    Press “New shadow run” to see what a month that you billed by other means would have come to here. Nothing is sent.
  </EmptyState>
);

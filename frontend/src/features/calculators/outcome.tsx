import type { CalculationOutcome } from '@legendops/catalog/calculators/contract';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/section.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { LimitBar } from '../../components/limit-bar.tsx';
import { fieldsOf, labelOf, type Schema } from '../../components/schema.ts';

interface OutcomeProps {
  outcome: CalculationOutcome;
  output: Schema;
}

/** What came out, what to mind, and how it came about with the source of every figure. */
export const Outcome = ({ outcome, output }: OutcomeProps) => (
  <div aria-live="polite" className="flex flex-col gap-5">
    <Section title="Result" about={`By ${outcome.profile.edition}, version ${outcome.calculator.version}.`}>
      <dl className="grid w-full max-w-3xl grid-cols-[1fr_max-content] gap-x-6 gap-y-1.5 rounded-lg border border-line bg-surface p-4">
        {fieldsOf(output).map(
          ([name, field]) =>
            outcome[name] !== undefined && (
              <div key={name} className="contents">
                <dt className="text-muted">{labelOf(name, field)}</dt>
                <dd className="text-right font-medium tabular-nums">{formatFigure(outcome[name])}</dd>
              </div>
            ),
        )}
      </dl>
      {outcome.warnings.map((warning) => (
        <Warning key={`${warning.code} ${warning.detail}`} warning={warning} />
      ))}
    </Section>
    <Section title="Steps" about="In this order, each with the source of its figures.">
      <DataTable
        caption="Steps"
        columns={columns}
        rows={outcome.steps.map((step, index) => ({ ...step, id: String(index) }))}
      />
    </Section>
  </div>
);

const Warning = ({ warning }: { warning: CalculationOutcome['warnings'][number] }) => {
  const { detail, limit, actual, unit = '', source } = warning;
  return (
    <Notice tone="warn" title={detail} inLiveRegion>
      {limit !== undefined && actual !== undefined && (
        <>
          <p>
            {formatFigure(actual)} {unit} where {formatFigure(limit)} {unit} is the limit.
          </p>
          <LimitBar limit={limit} actual={actual} />
        </>
      )}
      <p className="text-caption text-muted">{source}</p>
    </Notice>
  );
};

type StepRow = CalculationOutcome['steps'][number] & { id: string };

const columns: Column<StepRow>[] = [
  {
    name: 'Step',
    cell: ({ formula, inputs, source }) => (
      <>
        <span className="font-medium">{formula}</span>
        <span className="block text-caption text-muted">
          {Object.entries(inputs)
            .map(([name, value]) => `${name} = ${formatFigure(value)}`)
            .join(', ')}
        </span>
        <span className="block text-caption text-muted md:hidden">{source}</span>
      </>
    ),
  },
  { name: 'Source', from: 'md', cell: ({ source }) => <span className="text-caption text-muted">{source}</span> },
  {
    name: 'Value',
    align: 'end',
    cell: ({ value, unit }) => `${formatFigure(value)}${unit === '' || unit === '1' ? '' : ` ${unit}`}`,
  },
];

import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { formatFigure } from '../../components/format-figure.ts';
import { LimitBar } from '../../components/limit-bar.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/section.tsx';
import { isNote, together, type SameWarning, type Warning } from './said-of.ts';

const unitOf = ({ unit = '' }: Warning): string => (unit === '' || unit === '1' ? '' : ` ${unit}`);

// A hundred cables that are too long are one thing to mend: the first of them show by how much.
const mostShown = 6;

/** What breaks a limit, each with the limit drawn beside what there is; what could not be computed; what to know beside. */
export const WarningsSection = ({ design }: { design: CablingDesign }) => {
  const refused = design.checks.filter((check) => check.refused.length > 0);
  const warnings = together(design, (one) => !isNote(one));
  const notes = together(design, isNote);
  return (
    <Section title="Warnings">
      {refused.length + warnings.length === 0 && (
        <Notice tone="ok" title="Every limit that was computed is kept" inLiveRegion />
      )}
      {refused.map(({ about, calculator, refused: fields }) => (
        <Notice
          key={`${about.part} ${about.key} ${calculator.id}`}
          tone="bad"
          title={`${about.name}: ${calculator.id} cannot be computed`}
          inLiveRegion
        >
          {fields.map(({ field, detail }) => (
            <p key={`${field} ${detail}`}>
              {field === '' ? '' : `${field}: `}
              {detail}
            </p>
          ))}
        </Notice>
      ))}
      {warnings.map((same) => (
        <Together key={`${same.warning.code} ${same.warning.detail} ${same.warning.source}`} same={same} />
      ))}
      {notes.length > 0 && (
        <details className="rounded-lg border border-line bg-surface px-3.5 py-3">
          <summary className="cursor-pointer font-medium">
            {notes.length === 1 ? '1 note' : `${notes.length} notes`} on how figures came about
          </summary>
          <ul className="mt-2 flex flex-col gap-2">
            {notes.map(({ warning, of }) => (
              <li key={`${warning.code} ${warning.detail} ${warning.source}`}>
                {warning.detail} ({namesOf(of)})<span className="block text-caption text-muted">{warning.source}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
};

const namesOf = (of: SameWarning['of']): string => {
  const names = [...new Set(of.map(({ name }) => name))];
  return names.length <= mostShown
    ? names.join(', ')
    : `${names.slice(0, mostShown).join(', ')} and ${names.length - mostShown} more`;
};

const Together = ({ same: { warning, of } }: { same: SameWarning }) => (
  <Notice tone="warn" title={warning.detail} inLiveRegion>
    <ul className="my-1 flex flex-col gap-1.5">
      {of.slice(0, mostShown).map(({ name, warning: one }) => (
        <li key={`${name} ${measured(one)}`} className="flex flex-wrap items-center gap-x-4 gap-y-0.5">
          <span className="min-w-36 font-medium tabular-nums">{name}</span>
          <span>{measured(one)}</span>
          {one.limit !== undefined && one.actual !== undefined && <LimitBar limit={one.limit} actual={one.actual} />}
        </li>
      ))}
    </ul>
    {of.length > mostShown && <p>And {of.length - mostShown} more.</p>}
    <p className="text-caption text-muted">{warning.source}</p>
  </Notice>
);

const measured = (warning: Warning): string => {
  const { limit, actual } = warning;
  if (actual === undefined) return '';
  const there = `${formatFigure(actual)}${unitOf(warning)}`;
  return limit === undefined ? there : `${there} where ${formatFigure(limit)}${unitOf(warning)} is the limit`;
};

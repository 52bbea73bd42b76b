import type { Sql } from '@legendops/kit/db/sql';
import type { Mutant } from './watched-database.ts';

/** Programs with one thing left out, or done wrong: the same but for the words of one statement, or what is in it. */

/** A statement with other words; the name by which the server keeps it is another, too. */
const rewritten =
  (from: string, to: string): Mutant =>
  (statement) =>
    statement.text.includes(from)
      ? { name: `m${statement.name.slice(1)}`, text: statement.text.replace(from, to), values: statement.values }
      : statement;

type Value = Sql['values'][number];

interface StoredLine {
  source_key: string;
  position: number;
}

/** Other lines than those that a run writes. */
const otherLines =
  (change: (lines: StoredLine[]) => StoredLine[]): Mutant =>
  (statement) =>
    statement.text.includes('insert into billing.invoice_lines')
      ? {
          ...statement,
          values: statement.values.map((value: Value): Value =>
            typeof value === 'string' && value.startsWith('[')
              ? JSON.stringify(change(JSON.parse(value) as StoredLine[]))
              : value,
          ),
        }
      : statement;

const withoutMonth = ({ source_key: key, ...line }: StoredLine): StoredLine => ({
  ...line,
  source_key: key.replace(/(subscription:[\da-f-]{36}):\d{4}-\d\d-01/, '$1'),
});

const twice = ([first, ...lines]: StoredLine[]): StoredLine[] =>
  first ? [first, ...lines, { ...first, position: lines.length + 2, source_key: `${first.source_key}:again` }] : [];

export const mutants: Record<string, Mutant> = {
  'no fence': rewritten("and state = 'running' for share", 'for share'),
  'a source key without its month': otherLines((lines) => lines.map(withoutMonth)),
  'a line that is there twice': otherLines(twice),
  'corrections without the earlier ones': rewritten('or l.corrects_period =', 'or false and l.corrects_period ='),
  'corrections that are forgotten': rewritten("and status <> 'draft'", "and status <> 'draft' and false"),
  'months that are not read to their end': rewritten(' order by m.day', ' and false order by m.day'),
  'a month that is skipped': rewritten(
    'select period, state, run_on',
    "select period, case when extract(month from period) = 3 then 'closed' else state end as state, run_on",
  ),
  'days that are counted one late': rewritten(
    'select id, effective_from as "effectiveFrom", effective_to as "effectiveTo"',
    'select id, effective_from + (effective_from > start_date)::integer as "effectiveFrom", effective_to + 1 as "effectiveTo"',
  ),
  'a corrected day beside what it replaces': rewritten('u.superseded_at is null and', ''),
  'prices without their end': rewritten('valid_from, valid_to, version', 'valid_from, null::date as valid_to, version'),
  'cancellations that nobody sees': rewritten('end_date as "endDate"', 'null::date as "endDate"'),
  'edits that a run forgets': rewritten('from billing.line_edits where', 'from billing.line_edits where false and'),
  'corrections that undo what a person has set': rewritten(
    "coalesce((l.rated ->> 'amountMinor')::bigint, l.amount_minor)",
    'l.amount_minor',
  ),
  'corrections of what a person has left': rewritten("status = 'rejected' as is_left", 'false as is_left'),
  'rejections that no run answers': rewritten('and answered_at is null', 'and false'),
  'commitments that bind nobody': rewritten("'allowsDecrease', commitment_decrease", "'allowsDecrease', true"),
};

/** Posters with one thing done wrong. */
export const posterMutants: Record<string, Mutant> = {
  'sends what was taken back while it stood still': rewritten('and claimed_until > now()', ''),
};

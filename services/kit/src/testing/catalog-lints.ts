import { readFileSync } from 'node:fs';
import type pg from 'pg';

export interface LintFinding {
  lint: string;
  object: string;
  detail: string;
}

interface LintException extends LintFinding {
  reason: string;
}

const folder = new URL('../../../../db/common/', import.meta.url);
const statement = readFileSync(new URL('lints.sql', folder), 'utf8');
const exceptions = JSON.parse(readFileSync(new URL('lint-exceptions.json', folder), 'utf8')) as LintException[];

const isException = (finding: LintFinding): boolean =>
  exceptions.some(
    ({ lint, object, detail }) =>
      lint === finding.lint && object === finding.object && (detail === '*' || detail === finding.detail),
  );

/** Every finding of the catalog lints in this database that has no reviewed reason. */
export const lintFindings = async (administrator: pg.Client): Promise<LintFinding[]> => {
  const { rows } = await administrator.query<LintFinding>(statement);
  return rows.filter((finding) => !isException(finding));
};

/** Exceptions that stand for nothing any more, given all findings of all databases. */
export const allFindings = async (administrator: pg.Client): Promise<LintFinding[]> =>
  (await administrator.query<LintFinding>(statement)).rows;

export const lintExceptions: readonly LintException[] = exceptions;

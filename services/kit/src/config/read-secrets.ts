import { readFileSync } from 'node:fs';
import { ConfigurationError } from './parse-environment.ts';

const contentOf = (path: string): { text: string } | { problem: string } => {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? { problem: 'is empty' } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
    return { problem: `cannot be read (${code})` };
  }
};

/**
 * The contents of mounted secrets, by the variables that point at their files. Throws ConfigurationError that lists every
 * file that is missing or empty.
 */
export const readSecrets = <Variable extends string>(paths: Record<Variable, string>): Record<Variable, string> => {
  const found = (Object.keys(paths) as Variable[]).map((variable) => ({ variable, ...contentOf(paths[variable]) }));
  const lines = found.flatMap((one) =>
    'problem' in one ? [`  - ${one.variable}: the file ${paths[one.variable]} ${one.problem}`] : [],
  );
  if (lines.length > 0) throw new ConfigurationError(`Secrets are not there:\n${lines.join('\n')}`);
  return Object.fromEntries(found.map((one) => [one.variable, 'text' in one ? one.text : ''])) as Record<
    Variable,
    string
  >;
};

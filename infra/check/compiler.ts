import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Parameters } from './parameter-findings.ts';

/** The Bicep compiler: the one of LEGENDOPS_TOOLS, else the one that the path has. */
const compiler = process.env.LEGENDOPS_TOOLS ? join(process.env.LEGENDOPS_TOOLS, 'bicep') : 'bicep';

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the compiler; what it says of the source is an outcome, that it is not there is an error. */
export const bicep = (parameters: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    // The compiler stops where the machine has no ICU, unless it is told to do without.
    const env = { ...environment, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
    execFile(compiler, [...parameters], { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(
          new Error(`The Bicep compiler ${compiler} did not run (${error.code}): install it, or set LEGENDOPS_TOOLS`, {
            cause: error,
          }),
        );
      else resolve({ exitCode: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

/** What the compiler says against a file, one line each, or the file's values and the ARM template. */
export const compileParameters = async (
  path: string,
  environment?: NodeJS.ProcessEnv,
): Promise<{ findings: string[] } | { parameters: Parameters; template: string }> => {
  const { exitCode, stdout, stderr } = await bicep(['build-params', path, '--stdout'], environment);
  const findings = stderr.split('\n').filter((line) => line.trim() !== '');
  if (findings.length > 0 || exitCode !== 0)
    return { findings: findings.length > 0 ? findings : [`The compiler ended with ${exitCode} and said nothing`] };
  const built = JSON.parse(stdout) as { parametersJson: string; templateJson: string };
  const values = (JSON.parse(built.parametersJson) as { parameters: Record<string, { value: unknown }> }).parameters;
  const parameters = Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  return { parameters: parameters as unknown as Parameters, template: built.templateJson };
};

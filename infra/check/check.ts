import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environments, infra, isEnvironment } from '../rules/resource.ts';
import { compileParameters } from './compiler.ts';
import { parameterFindings, type Parameters } from './parameter-findings.ts';

/** `npm run infra:check -- ENVIRONMENT…`: refuses a parameter file by name before anything is deployed. */
const usage = `Usage: npm run infra:check -- [--as-committed] ${environments.join('|')} …

Compiles the parameter files of the named environments with the Bicep compiler (of LEGENDOPS_TOOLS, else of the path), and looks
at what types cannot say: address ranges that overlap, lengths of what comes from the environment, values that only hold a
place. Deploys nothing. Ends with 0 when nothing is wrong, 1 when something is, 2 when it was asked wrongly.

  --as-committed  lets values through that only hold a place
`;

const fail = (message: string): never => {
  process.stderr.write(message);
  process.exit(2);
};

const ask = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' }, 'as-committed': { type: 'boolean', default: false } },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
};

const { values, positionals } = ask();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (positionals.length === 0) fail(usage);
for (const name of positionals)
  if (!isEnvironment(name) || !existsSync(join(infra, 'environments', `${name}.bicepparam`)))
    fail(`There is no environment ${name}: ${environments.join(', ')} are there\n`);

const compiled = new Map<string, Parameters>();
const findings: string[] = [];
// All are compiled: an address range may overlap that of an environment that was not asked for.
for (const name of environments) {
  const outcome = await compileParameters(join(infra, 'environments', `${name}.bicepparam`)).catch((error: Error) =>
    fail(`${error.message}\n`),
  );
  if ('parameters' in outcome) compiled.set(name, outcome.parameters);
  else if (positionals.includes(name)) findings.push(...outcome.findings);
}
for (const name of positionals) {
  const parameters = compiled.get(name);
  if (parameters === undefined) continue;
  const others = [...compiled].filter(([other]) => other !== name).map(([, other]) => other);
  const question = { environment: name, parameters, others, asCommitted: values['as-committed'] };
  findings.push(...parameterFindings(question).map((finding) => `${name}: ${finding}`));
}
for (const finding of findings) process.stderr.write(`${finding}\n`);
if (findings.length === 0) process.stdout.write(`${positionals.join(', ')}: nothing is wrong\n`);
process.exitCode = findings.length === 0 ? 0 : 1;

// Adds up vitest's JSON reports of a folder, names what failed, and prints the closing line of the gate.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [folder, partsFailed] = [process.argv[2], Number(process.argv[3])];
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const failed =
  sum('numFailedTests') + reports.filter((report) => !report.success && report.numFailedTests === 0).length;
// A part that failed without a report of its own.
const missing = Math.max(0, partsFailed - reports.filter((report) => !report.success).length);

/** The beginning of what a test or a file that could not be read said, on lines of its own. */
const words = (messages) => messages.join('\n').split('\n').slice(0, 12).join('\n    ');
for (const file of reports.flatMap((report) => report.testResults)) {
  const name = relative(process.cwd(), file.name);
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  for (const test of tests)
    process.stdout.write(`\nfailed: ${name}: ${test.fullName}\n    ${words(test.failureMessages)}\n`);
  if (file.status === 'failed' && tests.length === 0)
    process.stdout.write(`\nfailed: ${name}\n    ${words([file.message])}\n`);
}
process.stdout.write(
  `\n${sum('numPassedTests')} passed, ${failed + missing} failed, ${sum('numPendingTests') + sum('numTodoTests')} skipped\n`,
);
process.exitCode = failed + partsFailed > 0 || sum('numPassedTests') === 0 ? 1 : 0;

import { readFileSync } from 'node:fs';
import { whatIfSummary, type WhatIf } from './what-if.ts';

const usage = `Usage: node infra/deliver/what-if-summary.ts FILE

Prints what \`az deployment sub what-if --no-pretty-print\` wrote into FILE as a page for whoever approves. Changes nothing.
`;

const [path] = process.argv.slice(2);
if (path === undefined || path === '--help') process.stdout.write(usage);
else process.stdout.write(whatIfSummary(JSON.parse(readFileSync(path, 'utf8')) as WhatIf));
process.exitCode = path === undefined ? 2 : 0;

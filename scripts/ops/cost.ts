import { runAsProgram } from './command.ts';
import { cost } from './cost/cost.ts';

await runAsProgram(cost);

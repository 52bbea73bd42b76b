import { runAsProgram } from './command.ts';
import { idle } from './idle/idle.ts';

await runAsProgram(idle);

import { bootstrap } from './bootstrap/bootstrap.ts';
import { runAsProgram } from './command.ts';

await runAsProgram(bootstrap);

import { runAsProgram } from './command.ts';
import { entra } from './entra/entra.ts';

await runAsProgram(entra);

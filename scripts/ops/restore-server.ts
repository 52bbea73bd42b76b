import { runAsProgram } from './command.ts';
import { restoreServer } from './restore-server/restore-server.ts';

await runAsProgram(restoreServer);

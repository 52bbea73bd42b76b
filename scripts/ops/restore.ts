import { runAlone } from './command.ts';
import { restore } from './restore/restore.ts';

await runAlone((write) => restore(process.argv.slice(2), { environment: process.env, now: () => new Date(), write }));

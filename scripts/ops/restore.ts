import { runAlone } from './command.ts';
import { namedMediaStorage } from './media/media-storage.ts';
import { restore } from './restore/restore.ts';

await runAlone((write) =>
  restore(process.argv.slice(2), {
    environment: process.env,
    now: () => new Date(),
    write,
    storage: namedMediaStorage(process.env),
  }),
);

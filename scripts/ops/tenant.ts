import { runAlone } from './command.ts';
import { namedMediaStorage } from './media/media-storage.ts';
import { tenantCommand } from './tenant/tenant.ts';

await runAlone((write) =>
  tenantCommand(process.argv.slice(2), {
    environment: process.env,
    now: () => new Date(),
    write,
    storage: namedMediaStorage(process.env),
  }),
);

import { messageOf } from '@legendops/kit/errors/message-of';
import { isMistake } from './command.ts';
import { tenantCommand } from './tenant/tenant.ts';

const write = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  process.exitCode = await tenantCommand(process.argv.slice(2), {
    environment: process.env,
    now: () => new Date(),
    write,
  });
} catch (error) {
  write(messageOf(error));
  process.exitCode = isMistake(error) ? 2 : 1;
}

import { baseCatalogCommand } from './base-catalog/base-catalog.ts';
import { runAlone } from './command.ts';

await runAlone((write) => baseCatalogCommand(process.argv.slice(2), { environment: process.env, write }));

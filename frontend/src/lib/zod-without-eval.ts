import { config } from 'zod';

// zod compiles object schemas with `new Function` where it may; the Content-Security-Policy forbids that and would
// report every attempt. Has to run before the first schema is made, hence a module of its own.
config({ jitless: true });

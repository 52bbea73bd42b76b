import { createLogger } from '../log/logger.ts';

/** For what is tested without looking at its log. */
export const silentLog = createLogger({ service: 'test', level: 'silent' });

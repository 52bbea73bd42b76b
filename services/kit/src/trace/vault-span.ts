import { inSpan } from './in-span.ts';

/** An operation on the vault, as a span of the running trace: which secret it is stays out. */
export const inVaultSpan = <T>(operation: string, work: () => Promise<T>): Promise<T> =>
  inSpan({ name: `vault ${operation}`, kind: 'client', attributes: { 'legendops.vault.operation': operation } }, work);

import { createHash } from 'node:crypto';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { SuperOpsError } from '../superops/superops-error.ts';
import type { Asked, WriteStore } from './write-store.ts';

export interface Write {
  asked: Asked;
  /** The id of what an attempt before has made, by our own reference in it. */
  find: () => Promise<string | undefined>;
  send: () => Promise<string>;
  /** What is written down once it is known to be there, in one transaction with that. */
  writeDown: (transaction: Transaction, remoteId: string) => Promise<void>;
}

/** What stands at the end of a text of ours, and nobody else writes: for people to quote, and for us to find. */
export const referenceOf = ({ tenantId }: Scope, key: string): string =>
  `LO-${createHash('sha256').update(`${tenantId}\n${key}`).digest('hex').slice(0, 12).toUpperCase()}`;

export const fingerprintOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('base64url');

/**
 * Makes one thing in SuperOps, however often it is asked for under one key and whenever the process or the connection ends:
 * what may have arrived is looked for before it is sent again.
 */
export const writeOnce = async (
  scope: Scope,
  store: WriteStore,
  { asked, find, send, writeDown }: Write,
): Promise<string> => {
  const { key } = asked;
  const keep = async (remoteId: string): Promise<string> => {
    await store.made(scope, key, remoteId, (transaction) => writeDown(transaction, remoteId));
    return remoteId;
  };
  const sendOrFind = async (isFirst: boolean): Promise<string> => {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof SuperOpsError) || error.kind !== 'in-doubt') {
        // What is known of this attempt says nothing of one before that is in doubt.
        await (isFirst ? store.undo(scope, key) : store.letGo(scope, key));
        throw error;
      }
      const found = await find().catch(() => undefined);
      if (found !== undefined) return found;
      await store.letGo(scope, key);
      throw error;
    }
  };
  const begun = await store.begin(scope, asked);
  if (begun.state === 'made') return begun.remoteId;
  if (begun.state === 'retry') {
    const found = await find().catch(async (error: unknown) => {
      await store.letGo(scope, key);
      throw error;
    });
    if (found !== undefined) return keep(found);
  }
  return keep(await sendOrFind(begun.state === 'first'));
};

/** Makes one thing in SuperOps, for whoever has no business with where that is written down. */
export type WriteOnce = (scope: Scope, write: Write) => Promise<string>;

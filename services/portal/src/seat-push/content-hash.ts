import { createHash } from 'node:crypto';

/** What is sent of a line. */
export interface SentContent {
  contractId: string;
  effectiveOn: string;
  beforeE6: bigint;
  quantityE6: bigint;
}

/** Of what is to be sent, whatever its order: who approves says by it what they have seen. */
export const contentHashOf = (lines: readonly SentContent[]): string => {
  const texts = lines.map(({ contractId, effectiveOn, beforeE6, quantityE6 }) =>
    [contractId, effectiveOn, beforeE6, quantityE6].join(' '),
  );
  return createHash('sha256').update(texts.toSorted().join('\n')).digest('hex');
};

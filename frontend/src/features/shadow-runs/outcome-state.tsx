import type { PairedBy, ShadowOutcome } from '@legendops/billing/shadow-run/contract';
import { CircleCheck, Coins, FilePlus2, FileQuestion, type LucideIcon } from 'lucide-react';
import { Status, type Tone } from '../../components/status.tsx';

/** How each outcome is called. */
export const outcomes: Record<ShadowOutcome, { word: string; tone: Tone; icon: LucideIcon }> = {
  'amount-differs': { word: 'Another amount', tone: 'bad', icon: Coins },
  'ours-only': { word: 'Only here', tone: 'warn', icon: FilePlus2 },
  'theirs-only': { word: 'Only in QuickBooks', tone: 'warn', icon: FileQuestion },
  matched: { word: 'The same', tone: 'ok', icon: CircleCheck },
};

export const shadowOutcomes = Object.keys(outcomes) as ShadowOutcome[];

export const OutcomeState = ({ outcome }: { outcome: ShadowOutcome }) => {
  const { word, tone, icon } = outcomes[outcome];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
};

/** By what two lines were taken for one; the amount alone proves little. */
export const pairedWords: Record<PairedBy, string> = {
  words: 'by their words',
  product: 'by the product',
  amount: 'by the amount alone',
};

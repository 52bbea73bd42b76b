import { sql } from '@legendops/kit/db/sql';
import type { Threshold } from './threshold.ts';

export interface ThresholdRow {
  currency: string;
  amount_minor: bigint;
  share_ppm: number | null;
}

/** Of the currencies for which somebody has said one. */
export const allThresholds = sql<ThresholdRow>`
  select currency, amount_minor, share_ppm from billing.variance_thresholds order by currency`;

export const valueOf = ({ amount_minor: amountMinor, share_ppm: sharePpm }: ThresholdRow): Threshold => ({
  amountMinor,
  sharePpm,
});

import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { percentDigits } from '../price-rule/shown-rule.ts';
import { amountText } from '../rating/currency.ts';
import { formatScaled, parseScaled } from '../rating/decimal.ts';
import type { NewVarianceThreshold, VarianceThreshold, VarianceThresholds } from './contract.ts';
import { thresholdOf, writeThreshold } from './store.ts';
import { allThresholds, valueOf } from './threshold-rows.ts';
import { usualThreshold, type Threshold } from './threshold.ts';

export const permissionTo = { change: 'variance-threshold.write' } as const satisfies Record<string, Permission>;

interface Asking {
  actor: Actor;
  /** The tenant's own. */
  currency: string;
}

export interface VarianceThresholdService {
  all(scope: Scope, asking: Asking): Promise<VarianceThresholds>;
  /** Counts when differences are told next: after each sync. */
  change(
    scope: ActingScope<'variance-threshold.changed'>,
    asking: Asking,
    wanted: NewVarianceThreshold,
  ): Promise<VarianceThresholds>;
}

const percentOf = (ppm: number | null): string | null =>
  ppm === null ? null : formatScaled(BigInt(ppm), percentDigits);

const shareOf = (percent: string | null): number | null => {
  if (percent === null) return null;
  const ppm = Number(parseScaled(percent, percentDigits));
  if (ppm > 0 && ppm <= 1_000_000) return ppm;
  throw problem('request.invalid', {
    places: [{ pointer: '/body/percent', code: 'invalid', detail: 'Above 0 and at most 100; leave it out for none' }],
  });
};

const present = (currency: string, { amountMinor, sharePpm }: Threshold): VarianceThreshold => ({
  currency,
  amountMinor: amountMinor.toString(),
  percent: percentOf(sharePpm),
});

const audited = (currency: string, { amountMinor, sharePpm }: Threshold) => ({
  amount: `${amountText(amountMinor, currency)} ${currency}`,
  percent: percentOf(sharePpm),
});

export const varianceThresholdService = (database: TenantDatabase): VarianceThresholdService => {
  const all: VarianceThresholdService['all'] = async (scope, { actor, currency }) => {
    const kept = await database.read(scope, allThresholds);
    const others = kept.filter((row) => row.currency !== currency);
    const own = kept.find((row) => row.currency === currency);
    return {
      data: [
        present(currency, own ? valueOf(own) : usualThreshold(currency)),
        ...others.map((row) => present(row.currency, valueOf(row))),
      ],
      acts: { change: presentVerdict(refusedToRole(actor, permissionTo.change)) },
    };
  };
  return {
    all,
    change: async (scope, asking, { currency, amountMinor, percent }) => {
      const wanted = { amountMinor: BigInt(amountMinor), sharePpm: shareOf(percent) };
      await database.write(scope, async (transaction) => {
        const kept = await transaction.row(thresholdOf(currency));
        const before = kept ? valueOf(kept) : usualThreshold(currency);
        if (before.amountMinor === wanted.amountMinor && before.sharePpm === wanted.sharePpm) return;
        await writeThreshold(transaction, scope, { currency, ...wanted });
        await scope.audit(transaction, {
          act: 'variance-threshold.changed',
          subject: { type: 'variance-threshold', id: currency, name: `Differences in ${currency}` },
          changes: differences(audited(currency, before), audited(currency, wanted), ['amount', 'percent']),
        });
      });
      return all(scope, asking);
    },
  };
};

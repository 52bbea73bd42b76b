import { BilledPeriod } from '@legendops/billing/period/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { periods, periodsPath } from '../../lib/queries/periods.ts';
import { worklistPath } from '../../lib/queries/worklist.ts';
import { queryClient } from '../../lib/query-client.ts';

type Month = Pick<BilledPeriod, 'period'>;

const outcome = {
  answer: BilledPeriod,
  done: (changed: BilledPeriod) => {
    queryClient.setQueryData(periods.queryKey, (all) =>
      all?.map((one) => (one.period === changed.period ? changed : one)),
    );
    void refresh(worklistPath);
  },
  // A run has begun or ended meanwhile.
  refused: () => void refresh(periodsPath),
};

const run: ActKind<Month, BilledPeriod> = {
  ...outcome,
  request: ({ period }) => ({ method: 'POST', path: `${periodsPath}/${period}/run` }),
};

const skip: ActKind<Month & { reason: string }, BilledPeriod> = {
  ...outcome,
  request: ({ period, reason }) => ({ method: 'POST', path: `${periodsPath}/${period}/skip`, body: { reason } }),
};

export const useRunPeriod = () => useAct(run);
export const useSkipPeriod = () => useAct(skip);

import { codesOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { skippedPeriods } from '../period/period-record.ts';

/** What a skipped month leaves stays on the worklist with its money until a person has dismissed it. */
export const tellSkipped = async ({ run, database, scope }: JobContext): Promise<void> => {
  for (const { period, reason, leftOpen } of await skippedPeriods(database, scope))
    await run.write((transaction) =>
      recordExceptions(transaction, scope, {
        exceptions: leftOpen.map(({ amountMinor, currency }) => ({
          subjectKey: `period:${period}:${currency}`,
          code: 'period.skipped',
          customerId: null,
          detail: `${period.slice(0, 7)} was skipped: ${reason}`,
          nextStep: 'Press “Run” on the month under “Periods” if it is to be billed after all; press “Dismiss” if not',
          amount: { minor: BigInt(amountMinor), currency },
        })),
        codes: codesOpenedBy('invoice-run'),
        period,
        runId: run.id,
      }),
    );
};

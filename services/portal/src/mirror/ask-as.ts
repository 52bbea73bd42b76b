import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { z } from 'zod';
import type { JobContext } from '../job/run-job.ts';
import type { Account } from './job-api.ts';

export const accountChanged = (): JobFailure =>
  new JobFailure('retryable', 'account-changed', 'Another account, or none, is connected now: the next run reads that');

/** Asks for what is of one account: what comes of another one is not read. */
export const askAs =
  ({ ask }: Pick<JobContext, 'ask'>, { region, subdomain }: Account) =>
  async <Answer extends { account: Account }>(
    path: string,
    body: object,
    schema: z.ZodType<Answer>,
  ): Promise<Answer> => {
    const answer = schema.parse(await ask(path, body));
    if (answer.account.region !== region || answer.account.subdomain !== subdomain) throw accountChanged();
    return answer;
  };

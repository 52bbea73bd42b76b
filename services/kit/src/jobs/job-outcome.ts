/** How a job's process ends, for the Job's pod failure policy and for whoever reads its log. */
export const exitCodes = { done: 0, retryable: 1, needsPerson: 2, suspended: 3 } as const;

/** An end of a job that is not success; the message is for the log and the run record, so it carries no secret. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly kind: 'retryable' | 'needsPerson' | 'suspended';
  readonly code: string;

  constructor(kind: JobFailure['kind'], code: string, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** Whatever was thrown, as an end of the job: what nobody foresaw may be tried again. */
export const asJobFailure = (error: unknown): JobFailure =>
  error instanceof JobFailure
    ? error
    : new JobFailure('retryable', 'unexpected', 'The job failed unexpectedly; its log has the details');

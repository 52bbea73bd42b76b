import { RestError } from '@azure/core-rest-pipeline';
import { inVaultSpan } from '@legendops/kit/trace/vault-span';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import type { VaultWriter } from '../api/vendors.ts';
import { measured, vaultSeconds } from '../metrics/dependency-latency.ts';

/** The vault did not answer, refused us, or could not be signed in to; what it said may name secrets and stays here. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
  readonly writer: VaultWriter;
  readonly code: string | undefined;

  constructor(writer: VaultWriter, code: string | undefined) {
    super(`The vault of ${writer} did not do what it was asked${code === undefined ? '' : ` (${code})`}`);
    this.writer = writer;
    this.code = code;
  }
}

// With the client's own retries; a vault that hangs must not hold a worker of the operator for ever.
const callTimeoutMs = 10_000;

const innerCodeOf = (error: RestError): unknown => {
  const { details } = error;
  if (typeof details !== 'object' || details === null || !('error' in details)) return undefined;
  const outer: { innererror?: { code?: unknown }; innerError?: { code?: unknown } } = details.error ?? {};
  return (outer.innererror ?? outer.innerError)?.code;
};

export const isMissing = (error: unknown): boolean => error instanceof RestError && error.statusCode === 404;
export const isDeletedButThere = (error: unknown): boolean => error instanceof RestError && error.statusCode === 409;
/** The secret exists, with its newest version disabled. */
export const isDisabled = (error: unknown): boolean =>
  error instanceof RestError && error.statusCode === 403 && innerCodeOf(error) === 'SecretDisabled';

/** One call with a time-out. Outcomes that a caller expects keep their shape, all others are VaultUnavailable. */
export const vaultCall = async <T>(
  { writer, operation }: { writer: VaultWriter; operation: string },
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> => {
  try {
    return await inVaultSpan(operation, () =>
      measured(
        (outcome, seconds) => vaultSeconds.observe({ operation, outcome }, seconds),
        () => call({ abortSignal: AbortSignal.timeout(callTimeoutMs) }),
      ),
    );
  } catch (error) {
    if (error instanceof NotLeading || isMissing(error) || isDeletedButThere(error) || isDisabled(error)) throw error;
    const code = error instanceof RestError ? (error.statusCode?.toString() ?? error.code) : undefined;
    throw new VaultUnavailable(writer, code ?? (error instanceof Error ? error.name : undefined));
  }
};

/** A refusal of the API server, with the reason that code may branch on. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly code: number;
  readonly reason: string;
  readonly causes: readonly { field?: string; message?: string; reason?: string }[];
  /** From the Retry-After header, where the server gave one. */
  readonly retryAfterMs: number | undefined;

  constructor({
    code,
    reason,
    message,
    causes = [],
    retryAfterMs,
  }: {
    code: number;
    reason: string;
    message: string;
    causes?: StatusError['causes'];
    retryAfterMs?: number | undefined;
  }) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.causes = causes;
    this.retryAfterMs = retryAfterMs;
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof StatusError && error.code === 404;
export const isConflict = (error: unknown): boolean =>
  error instanceof StatusError && error.code === 409 && error.reason === 'Conflict';
export const isAlreadyThere = (error: unknown): boolean =>
  error instanceof StatusError && error.code === 409 && error.reason === 'AlreadyExists';
export const isExpired = (error: unknown): boolean =>
  error instanceof StatusError && (error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone');
export const isInvalid = (error: unknown): boolean => error instanceof StatusError && error.code === 422;

interface StatusBody {
  message?: string;
  reason?: string;
  details?: { causes?: { field?: string; message?: string; reason?: string }[] };
}

const parseStatus = (text: string): StatusBody => {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
};

const retryAfter = (header: string | undefined): number | undefined => {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 120) * 1000 : undefined;
};

export const statusErrorFrom = (code: number, text: string, retryAfterHeader?: string): StatusError => {
  const { message, reason, details } = parseStatus(text);
  return new StatusError({
    code,
    reason: reason ?? 'Unknown',
    message: message ?? `The API server answered ${code}`,
    causes: details?.causes ?? [],
    retryAfterMs: retryAfter(retryAfterHeader),
  });
};

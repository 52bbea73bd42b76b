import { ownEntry } from '@legendops/kit/contract/own-entry';
import { retryAfterMs } from '@legendops/kit/http/retry-after';

/**
 * Why QuickBooks did not do it. `rejected`: it said no and nothing happened. `token`: our access token is not accepted.
 * `lapsed`: the subscription of these books has ended. `throttled`: come back in a minute. `unreachable`: nothing was sent.
 * `in-doubt`: it may have happened.
 */
export type QuickBooksErrorKind = 'rejected' | 'token' | 'lapsed' | 'throttled' | 'unreachable' | 'in-doubt';

export interface NumberHolder {
  /** Invoice, CreditMemo, … */
  type: string;
  id: string;
}

interface QuickBooksErrorDetails {
  holder?: NumberHolder | undefined;
  detail?: string | undefined;
  retryAfterMs?: number | undefined;
}

/**
 * Carries code and Message where a log can see it: Detail holds customers' data, and that of a gateway was seen to hold the
 * token itself.
 */
export class QuickBooksError extends Error {
  override readonly name = 'QuickBooksError';
  readonly kind: QuickBooksErrorKind;
  readonly code: string;
  /** Of a duplicate number (6140): what has it. */
  readonly holder: NumberHolder | undefined;
  /** For how long QuickBooks asks not to be asked; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;
  readonly #detail: string;

  constructor(
    kind: QuickBooksErrorKind,
    code: string,
    message: string,
    { holder, detail = '', retryAfterMs: named }: QuickBooksErrorDetails = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.holder = holder;
    this.retryAfterMs = named;
    this.#detail = detail;
  }

  /** What the accounting service says of a refusal, for the eyes of whose books they are; empty where it says nothing. */
  get detail(): string {
    return this.#detail;
  }
}

const longestDetail = 600;

interface FaultEntry {
  code: string;
  message: string;
  type: string;
  detail?: string;
  holder?: NumberHolder | undefined;
}

// All that is read of a Detail: words and digits. A type may be two words there, as in “Credit Memo”.
const holderIn = (detail: string): NumberHolder | undefined => {
  const [, type, id] = /TxnType=([A-Za-z ]{1,40}?) with TxnId=(\d+)/.exec(detail) ?? [];
  return type !== undefined && id !== undefined ? { type: type.replaceAll(' ', ''), id } : undefined;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? value.toString() : '';

/** Faults come as Fault/Error from the API and as fault/error from the gateway in front of it. */
const faultOf = (body: unknown): FaultEntry | undefined => {
  if (!isObject(body)) return undefined;
  const fault = isObject(body.Fault) ? body.Fault : body.fault;
  if (!isObject(fault)) return undefined;
  const list = Array.isArray(fault.Error) ? fault.Error : fault.error;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const type = text(fault.type);
  if (!isObject(first)) return { code: 'unknown', message: 'QuickBooks answered a fault', type };
  const message = text(first.Message) || text(first.message);
  // The gateway puts its real code into the message: message=ThrottleExceeded; errorCode=003001; statusCode=429
  const code = /errorCode=0*(\d+)/.exec(message)?.[1] ?? text(first.code).replace(/^0+(?=\d)/, '');
  const holder = code === '6140' ? holderIn(text(first.Detail)) : undefined;
  const detail = text(first.Detail).slice(0, longestDetail);
  return { code: code || 'unknown', message: message || 'QuickBooks answered a fault', type, detail, holder };
};

// 600: it has seen this requestid, so the first answer is what counts, and it is not here.
const kinds: Record<string, QuickBooksErrorKind> = {
  3200: 'token',
  3201: 'token',
  120: 'token',
  3100: 'token',
  3001: 'throttled',
  6190: 'lapsed',
  600: 'in-doubt',
};

// Whoever gave up waiting, or answered for somebody behind it, does not know what became of the request.
const mayHaveHappened = (status: number): boolean =>
  status >= 500 || status < 400 || status === 408 || status === 409 || status === 425 || status === 499;

// Every other type is of a service that failed at it, whatever the status says: a SystemFault under 400 was seen for what
// was written all the same.
const refusingTypes = new Set([
  'validationfault',
  'validation',
  'authenticationfault',
  'authorizationfault',
  'authorization',
]);

interface Answered {
  status: number;
  retryAfterMs?: number | undefined;
}

const ofFault = (
  { code, message, type, detail, holder }: FaultEntry,
  { status, ...named }: Answered,
): QuickBooksError => {
  const kind = ownEntry(kinds, code);
  if (kind) return new QuickBooksError(kind, code, message, named);
  if (status === 401) return new QuickBooksError('token', code, message);
  if (status === 429) return new QuickBooksError('throttled', code, message, named);
  const isRefusal = refusingTypes.has(type.toLowerCase()) && (status === 200 || !mayHaveHappened(status));
  return isRefusal
    ? new QuickBooksError('rejected', code, message, { holder, detail })
    : new QuickBooksError('in-doubt', code, message, named);
};

const ofStatus = ({ status, ...named }: Answered): QuickBooksError => {
  const code = `http-${status}`;
  const message = `QuickBooks answered HTTP ${status}`;
  if (status === 401) return new QuickBooksError('token', code, message);
  if (status === 429) return new QuickBooksError('throttled', code, message, named);
  // A 400 that says no reason may be any fault with its body lost.
  return new QuickBooksError(status === 400 || mayHaveHappened(status) ? 'in-doubt' : 'rejected', code, message, named);
};

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** What the client library gave as an error, as ours; the original is dropped, its `config` holds the bearer token. */
export const quickBooksErrorFrom = (raw: unknown, now: number = Date.now()): QuickBooksError => {
  if (raw instanceof QuickBooksError) return raw;
  const direct = faultOf(raw);
  if (direct) return ofFault(direct, { status: 200 });
  if (isObject(raw) && isObject(raw.response) && typeof raw.response.status === 'number') {
    const { status, data, headers } = raw.response;
    const fault = faultOf(data);
    const answered = {
      status,
      retryAfterMs: isObject(headers) ? retryAfterMs(text(headers['retry-after']), now) : undefined,
    };
    return fault ? ofFault(fault, answered) : ofStatus(answered);
  }
  const code = isObject(raw) ? text(raw.code) : '';
  return neverSent.has(code)
    ? new QuickBooksError('unreachable', code, 'QuickBooks could not be reached')
    : new QuickBooksError('in-doubt', code || 'no-answer', 'QuickBooks gave no answer');
};

type Options = { status?: number; type?: string; element?: string };

const messages: Record<string, string> = {
  '120': 'Authorization Failure',
  '500': 'Unsupported Operation',
  '600': 'Duplicate Request ID',
  '610': 'Object Not Found',
  '620': 'Transaction cannot be linked',
  '1040': 'Batch size too large',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing',
  '2050': 'Invalid String Length',
  '2170': 'Invalid Enumeration',
  '2500': 'Invalid Reference Id',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '5010': 'Stale Object Error',
  '6000': 'A business validation error has occurred while processing your request',
  '6070': 'Amount calculation incorrect in the request',
  '6080': 'Name is required',
  '6100': 'Invalid tax code',
  '6140': 'Duplicate Document Number Error',
  '6190': 'Subscription period has ended or canceled or there was a billing problem',
  '6210': 'Account Period Closed',
  '6240': 'Duplicate Name Exists Error',
  '6540': 'Deposited Transaction cannot be changed',
};

/** A refusal by the accounting service itself: capital letters, HTTP 400 unless it says else. */
export class QuickBooksFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly type: string;
  readonly element: string | undefined;

  constructor(code: string, detail: string, options: Options = {}) {
    super(messages[code] ?? 'Error');
    this.code = code;
    this.detail = detail;
    this.status = options.status ?? 400;
    this.type = options.type ?? 'ValidationFault';
    this.element = options.element;
  }

  get fault() {
    const element = this.element === undefined ? {} : { element: this.element };
    return { Error: [{ Message: this.message, Detail: this.detail, code: this.code, ...element }], type: this.type };
  }
}

export const missing = (element: string) =>
  new QuickBooksFault('2020', `Required parameter ${element} is missing in the request`, { element });

/** A refusal by the gateway before the accounting service sees the request: lower-case letters, no `Fault`. */
export class GatewayFault extends Error {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly detail: string;

  constructor({
    status,
    name,
    code,
    type,
    detail,
  }: Record<'name' | 'code' | 'type' | 'detail', string> & { status: number }) {
    super(`message=${name}; errorCode=${code.padStart(6, '0')}; statusCode=${status}`);
    this.status = status;
    this.code = code;
    this.type = type;
    this.detail = detail;
  }

  body(now: Date) {
    return {
      warnings: null,
      intuitObject: null,
      fault: {
        error: [{ message: this.message, detail: this.detail, code: this.code, element: null }],
        type: this.type,
      },
      report: null,
      queryResponse: null,
      batchItemResponse: [],
      attachableResponse: [],
      syncErrorResponse: null,
      requestId: null,
      time: now.getTime(),
      status: null,
      cdcresponse: [],
    };
  }
}

export const notAuthenticated = (detail: string) =>
  new GatewayFault({ status: 401, name: 'AuthenticationFailed', code: '3200', type: 'AUTHENTICATION', detail });

export const notAuthorized = (detail: string) =>
  new GatewayFault({
    status: 403,
    name: 'ApplicationAuthorizationFailed',
    code: '3100',
    type: 'AUTHORIZATION',
    detail,
  });

/** Without Retry-After: the vendor names no waiting time, its pages say 60 seconds. */
export const throttled = (detail: string) =>
  new GatewayFault({ status: 429, name: 'ThrottleExceeded', code: '3001', type: 'THROTTLING', detail });

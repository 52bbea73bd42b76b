import { problemCodes, type ProblemCode } from './problem-codes.ts';

/** One wrong place of a request: a JSON Pointer into it, a stable code, a sentence. */
export interface ProblemPlace {
  pointer: string;
  code: string;
  detail: string;
}

/** An expected refusal. Everything else that is thrown becomes service.failed without details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly places: readonly ProblemPlace[];
  readonly furtherPlaces: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, more: ProblemDetails = {}) {
    const [status, title] = problemCodes[code];
    super(more.detail ?? title);
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = more.detail;
    this.places = more.places ?? [];
    this.furtherPlaces = more.furtherPlaces ?? 0;
    this.headers = more.headers ?? {};
  }
}

export interface ProblemDetails {
  detail?: string;
  places?: readonly ProblemPlace[];
  /** How many more places are wrong than are listed. */
  furtherPlaces?: number;
  headers?: Record<string, string>;
}

export const problem = (code: ProblemCode, more?: ProblemDetails): Problem => new Problem(code, more);

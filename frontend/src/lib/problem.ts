import { ProblemBody } from '@legendops/kit/contract/problem';
import { nextSteps } from './next-steps.ts';

/** Why an act or a reading failed, as the screen shows it. `status` is null when no answer came at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly places: readonly { pointer: string; detail: string }[];

  constructor(facts: ProblemFacts) {
    super(facts.title);
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail ?? nextSteps[facts.code] ?? null;
    this.status = facts.status;
    this.requestId = facts.requestId ?? null;
    this.places = facts.places ?? [];
  }
}

interface ProblemFacts {
  code: string;
  title: string;
  status: number | null;
  detail?: string | undefined;
  requestId?: string | null | undefined;
  places?: readonly { pointer: string; detail: string }[] | undefined;
}

/** Reads the problem out of a refused answer; an answer of something in between, like a proxy, becomes one as well. */
export const readProblem = async (response: Response): Promise<ApiProblem> => {
  const body = ProblemBody.safeParse(await response.json().catch(() => null));
  if (body.success) return new ApiProblem({ ...body.data, status: response.status, places: body.data.errors });
  return new ApiProblem({
    code: 'answer.unreadable',
    title: 'LegendOps did not answer as expected',
    detail: `The answer was ${response.status} without an explanation. Try again in a moment.`,
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  });
};

export const unreachable = (): ApiProblem =>
  new ApiProblem({
    code: 'network.unreachable',
    title: 'LegendOps cannot be reached',
    detail: 'Check your network connection, then try again.',
    status: null,
  });

export const unexpectedAnswer = (response: Response): ApiProblem =>
  new ApiProblem({
    code: 'answer.unexpected',
    title: 'This page is out of date',
    detail: 'LegendOps sent something that this page does not know. Reload it to get the current version.',
    status: null,
    requestId: response.headers.get('x-request-id'),
  });

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem({
        code: 'page.failed',
        title: 'This page ran into an error',
        detail: error instanceof Error ? error.message : undefined,
        status: null,
      });

/** The organisation is closed for now: nothing works until it is opened again. */
export const isSuspension = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'tenant.suspended';

const undecided = new Set([408, 425, 429]);

/** True when the service has decided against it: the same request would be refused again. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  error.status !== null &&
  error.status >= 400 &&
  error.status < 500 &&
  !undecided.has(error.status) &&
  error.code !== 'idempotency.in-flight';

/** What is wrong with one field of a sent form. */
export const placeOf = (error: unknown, field: string): string | undefined =>
  error instanceof ApiProblem ? error.places.find(({ pointer }) => pointer.endsWith(`/${field}`))?.detail : undefined;

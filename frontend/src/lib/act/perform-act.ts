import type { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { ApiProblem, isRefusal } from '../problem.ts';

interface ActRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** The version that the person saw, for If-Match. */
  version?: number;
}

/** What a person can do: the request of it, and what the screen makes of its outcome. */
export interface ActKind<Input, Answer> {
  request: (input: Input) => ActRequest;
  /** The shape of the answer; null for one without a body. */
  answer: z.ZodType<Answer> | null;
  /** Brings what the screen holds up to date. */
  done?: (answer: Answer, input: Input) => void;
  /** The service has decided against it: often because the screen shows what is no longer so. */
  refused?: (input: Input) => void;
  /** How its subject stands now, for an act whose answer was lost. */
  readBack?: (input: Input) => Promise<Answer | undefined>;
  /** Its subject is gone after it, as after every DELETE. */
  endsSubject?: true;
}

export type PerformAct = <Input, Answer>(kind: ActKind<Input, Answer>, input: Input) => Promise<Answer>;

interface Surroundings {
  client: Pick<ApiClient, 'request' | 'send'>;
  newKey: () => string;
  pause: (ms: number) => Promise<unknown>;
}

const inFlightPauseMs = 500;
const inFlightTries = 20;

const codeOf = (error: unknown): string | null => (error instanceof ApiProblem ? error.code : null);
const statusOf = (error: unknown): number | null => (error instanceof ApiProblem ? error.status : null);

/**
 * Sends an act so that trying again cannot do it twice. As long as its outcome is not known (no answer, a failure of the
 * service), the same act is sent under the same key; a change that is then refused as out of date, or for want of its
 * subject, is looked at: when the subject stands as asked, it was this act that did it.
 */
export const actPerformer = ({ client, newKey, pause }: Surroundings): PerformAct => {
  const open = new Map<string, string>();

  const send = async <Input, Answer>({ answer }: ActKind<Input, Answer>, request: ActRequest, key: string) => {
    const sent = { ...request, ...(request.method === 'POST' ? { idempotencyKey: key } : {}) };
    for (let tries = 1; ; tries += 1) {
      try {
        return answer === null ? ((await client.send(sent)) as Answer) : await client.request(sent, answer);
      } catch (error) {
        // The one before is still at work under this key: its outcome is ours.
        if (codeOf(error) !== 'idempotency.in-flight' || tries === inFlightTries) throw error;
        await pause(inFlightPauseMs);
      }
    }
  };

  return async (kind, input) => {
    const request = kind.request(input);
    // A PUT says all of what is to be, twice is as good as once; and what it says may be a secret, which is not kept.
    if (request.method === 'PUT') return send(kind, request, '');
    const name = JSON.stringify(request);
    const before = open.get(name);
    const key = before ?? newKey();
    open.set(name, key);
    try {
      const answer = await send(kind, request, key);
      open.delete(name);
      return answer;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      open.delete(name);
      const landed = before === undefined ? undefined : await landedBefore(kind, { input, request, error });
      if (landed === undefined) throw error;
      return landed.answer;
    }
  };
};

const landedBefore = async <Input, Answer>(
  { endsSubject, readBack }: ActKind<Input, Answer>,
  { input, request, error }: { input: Input; request: ActRequest; error: unknown },
): Promise<{ answer: Answer } | undefined> => {
  if (statusOf(error) === 404 && (request.method === 'DELETE' || endsSubject)) return { answer: undefined as Answer };
  if (statusOf(error) !== 412 || request.version === undefined) return undefined;
  // What cannot be read leaves the refusal as it was told.
  const now = await readBack?.(input).catch(() => undefined);
  const { version, ...stands } = (now ?? {}) as Record<string, unknown>;
  const asked = Object.entries(request.body ?? {});
  const isOurs = version === request.version + 1 && asked.every(([name, value]) => stands[name] === value);
  return isOurs ? { answer: now as Answer } : undefined;
};

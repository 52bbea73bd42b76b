/** A refusal of Azure, in its words: what was asked, and by which code it was refused. */
export class AzureRefused extends Error {
  override readonly name = 'AzureRefused';
  readonly status: number;
  readonly code: string;

  constructor(asked: string, { status, code, message }: { status: number; code: string; message: string }) {
    super(`${asked} was refused (${status} ${code}): ${message}`);
    this.status = status;
    this.code = code;
  }
}

/** Azure took the work and has not ended it while we looked. */
export class AzureUnfinished extends Error {
  override readonly name = 'AzureUnfinished';
}

export interface AzureApi {
  /** The answer as JSON; undefined where there is none. AzureRefused. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same, or undefined of what is not there. */
  find<T>(path: string): Promise<T | undefined>;
  /** All pages of a list. */
  list<T>(path: string): Promise<T[]>;
  /** Ends when Azure has ended the work. AzureRefused, AzureUnfinished. */
  act(method: string, path: string, body?: unknown): Promise<void>;
}

interface Options {
  /** Without a slash at its end. */
  url: string;
  token: () => Promise<string>;
  pause: (milliseconds: number) => Promise<void>;
}

const attempts = 6;
const longestWaitSeconds = 120;
const usualWaitSeconds = 5;
// Of a cluster that starts: minutes, and not hours.
const looks = 240;

const isPassing = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;

const waitSeconds = (response: Response): number => {
  const told = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(told) && told >= 0 ? told : usualWaitSeconds;
};

interface Refusal {
  error?: { code?: string; message?: string };
}

const refusalOf = async (asked: string, response: Response): Promise<AzureRefused> => {
  const text = await response.text();
  const { status } = response;
  try {
    const { error = {} } = JSON.parse(text) as Refusal;
    return new AzureRefused(asked, {
      status,
      code: error.code ?? 'Unknown',
      message: error.message ?? 'no reason given',
    });
  } catch {
    return new AzureRefused(asked, { status, code: 'Unknown', message: 'what came is no answer of Azure' });
  }
};

const answered = async (asked: string, url: string, request: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, request);
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new Error(
      `${asked} was not answered (${cause?.code ?? 'no connection'}), and may have been done: look again`,
      {
        cause: error,
      },
    );
  }
};

const parsed = (asked: string, text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Error(`${asked}: what came is no answer of Azure; is something between that asks for a sign-in?`);
  }
};

/**
 * Azure's Resource Manager, or Graph, over plain HTTP. Reads and whole writes are sent again where Azure is busy, after the
 * time that it asks for; a token leaves for our own origin alone.
 */
export const azureApi = ({ url, token, pause }: Options): AzureApi => {
  const absolute = (path: string): string => {
    if (!path.startsWith('http')) return `${url}${path}`;
    if (new URL(path).origin !== new URL(url).origin) throw new Error(`Azure names another place to ask: ${path}`);
    return path;
  };

  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const asked = `${method} ${new URL(absolute(path)).pathname}`;
    for (let attempt = 1; ; attempt += 1) {
      const response = await answered(asked, absolute(path), {
        method,
        headers: {
          authorization: `Bearer ${await token()}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (response.ok) return response;
      const wait = waitSeconds(response);
      if (!isPassing(response.status) || attempt === attempts || wait > longestWaitSeconds)
        throw await refusalOf(asked, response);
      await response.body?.cancel();
      await pause(wait * 1_000);
    }
  };

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await send(method, path, body);
    return parsed(`${method} ${path.split('?')[0]}`, await response.text()) as T;
  };

  const untilDone = async (asked: string, place: string): Promise<void> => {
    for (let look = 0; look < looks; look += 1) {
      const response = await send('GET', place);
      const answer = parsed(asked, await response.text()) as ({ status?: string } & Refusal) | undefined;
      const { status, error } = answer ?? {};
      if (response.status === 200 && (status === undefined || status === 'Succeeded')) return;
      if (status === 'Failed' || status === 'Canceled')
        throw new AzureRefused(asked, {
          status: response.status,
          code: error?.code ?? status,
          message: error?.message ?? 'no reason given',
        });
      await pause(waitSeconds(response) * 1_000);
    }
    throw new AzureUnfinished(`${asked} has not ended yet; run the same again to look`);
  };

  return {
    ask,
    find: (path) =>
      ask<never>('GET', path).catch((error: unknown) => {
        if (error instanceof AzureRefused && error.status === 404) return undefined;
        throw error;
      }),
    list: async <T>(path: string) => {
      const all: T[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const page: { value: T[]; nextLink?: string; '@odata.nextLink'?: string } = await ask('GET', next);
        all.push(...page.value);
        next = page.nextLink ?? page['@odata.nextLink'];
      }
      return all;
    },
    act: async (method, path, body) => {
      const response = await send(method, path, body);
      const place = response.headers.get('azure-asyncoperation') ?? response.headers.get('location');
      await response.body?.cancel();
      if (place !== null && response.status !== 200) await untilDone(`${method} ${path.split('?')[0]}`, place);
    },
  };
};

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { writtenEntity } from './library.ts';
import { queryText } from './query-text.ts';
import { QuickBooksError, quickBooksErrorFrom } from './quickbooks-error.ts';
import { realmLimiter } from './realm-limiter.ts';

const fault = (code: string, Message: string) => ({
  Fault: { Error: [{ Message, Detail: 'customer data', code }], type: 'ValidationFault' },
});
const gateway = (message: string) => ({
  fault: { error: [{ message, detail: 'the token itself', code: '3200' }], type: 'AUTHENTICATION' },
});

const system = { Fault: { Error: [{ Message: 'Application error', code: '10000' }], type: 'SystemFault' } };

describe('an error of QuickBooks', () => {
  it.each<[string, unknown, string, string]>([
    ['a fault under 200', fault('6140', 'Duplicate Document Number'), 'rejected', '6140'],
    ['a fault under 400', { response: { status: 400, data: fault('6070', 'Amount') } }, 'rejected', '6070'],
    [
      'an expired token at the gateway',
      { response: { status: 401, data: gateway('message=AuthenticationFailed; errorCode=003200; statusCode=401') } },
      'token',
      '3200',
    ],
    [
      'throttling at the gateway',
      { response: { status: 429, data: gateway('message=ThrottleExceeded; errorCode=003001; statusCode=429') } },
      'throttled',
      '3001',
    ],
    ['lost rights', { response: { status: 401, data: fault('120', 'Authorization Failure') } }, 'token', '120'],
    ['429 without a body', { response: { status: 429, data: '' } }, 'throttled', 'http-429'],
    ['a server error', { response: { status: 503, data: '<html>' } }, 'in-doubt', 'http-503'],
    ['a time-out at the gateway', { response: { status: 408, data: '' } }, 'in-doubt', 'http-408'],
    ['a conflict', { response: { status: 409, data: '' } }, 'in-doubt', 'http-409'],
    ['a caller that was too early', { response: { status: 425, data: '' } }, 'in-doubt', 'http-425'],
    ['a code that every object has', fault('constructor', 'Odd'), 'rejected', 'constructor'],
    ['a fault under 408', { response: { status: 408, data: fault('10', 'Timeout') } }, 'in-doubt', '10'],
    ['a requestid that was used', { response: { status: 400, data: fault('600', 'Duplicate') } }, 'in-doubt', '600'],
    ['a fault under 5xx', { response: { status: 500, data: fault('500', 'System') } }, 'in-doubt', '500'],
    ['a system fault under 400', { response: { status: 400, data: system } }, 'in-doubt', '10000'],
    ['a system fault under 200', system, 'in-doubt', '10000'],
    ['a 400 whose body is lost', { response: { status: 400, data: '' } }, 'in-doubt', 'http-400'],
    ['a redirect', { response: { status: 307, data: '' } }, 'in-doubt', 'http-307'],
    ['not found', { response: { status: 404, data: '' } }, 'rejected', 'http-404'],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'unreachable', 'ECONNREFUSED'],
    ['a deadline', { code: 'ERR_CANCELED' }, 'in-doubt', 'ERR_CANCELED'],
    ['a broken answer', { code: 'ERR_BAD_RESPONSE', response: { status: 200, data: '' } }, 'in-doubt', 'http-200'],
    ['nothing at all', undefined, 'in-doubt', 'no-answer'],
  ])('%s', (_title, raw, kind, code) => {
    expect(quickBooksErrorFrom(raw)).toMatchObject({ kind, code });
  });

  it('carries neither details nor tokens', () => {
    const raw = {
      response: { status: 401, data: gateway('message=AuthenticationFailed') },
      config: { headers: { Authorization: 'Bearer s3cret' } },
    };
    const error = quickBooksErrorFrom(raw);
    expect([error.code, error.message, error.stack].join()).not.toMatch(/s3cret|token itself/);
    expect(error.cause).toBeUndefined();
  });

  it('tells what the accounting service says of a refusal to who asks for it, and to nobody who prints it', () => {
    const error = quickBooksErrorFrom({ response: { status: 400, data: fault('6000', 'Business validation') } });
    expect(error.detail).toBe('customer data');
    expect([JSON.stringify(error), inspect(error), ...Object.keys(error)].join()).not.toMatch(/customer data|detail/);
    expect(quickBooksErrorFrom({ response: { status: 401, data: gateway('message=x') } }).detail).toBe('');
    expect(quickBooksErrorFrom({ response: { status: 400, data: system } }).detail).toBe('');
  });

  it.each(['<html>', '', undefined, null, {}, { Id: 7, SyncToken: '0' }])(
    'a write that answers %j is in doubt',
    (data) => {
      expect(() => writtenEntity(data)).toThrow(QuickBooksError);
    },
  );
});

describe('a query', () => {
  it.each([
    ["O'Reilly", "'O\\'Reilly'"],
    ["a\\' OR Id > '0", "'a\\\\\\' OR Id > \\'0'"],
    ['\\', "'\\\\'"],
  ])('cannot be left by the text %j', (text, expected) => {
    expect(queryText(text)).toBe(expected);
  });
});

describe('the limiter of a realm', () => {
  it('starts at most eight at once, and lets another realm pass', async () => {
    const limiter = realmLimiter(() => 0);
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => release.push(resolve));
      running -= 1;
    };
    const jobs = Array.from({ length: 20 }, () => limiter.run('a', work));
    await Promise.resolve();
    expect(running).toBe(8);
    await expect(limiter.run('b', async () => 'passes')).resolves.toBe('passes');
    expect(most).toBe(8);
    for (const one of release) one();
    await Promise.all(jobs.slice(0, 8));
  });
});

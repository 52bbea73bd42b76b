import { describe, expect, it, test } from 'vitest';
import { ApiProblem, asProblem, isRefusal, placeOf, readProblem, unreachable } from './problem.ts';

const aProblem = (status: number, code = 'invoice.changed') =>
  new ApiProblem({ code, title: 'The invoice changed since you looked at it', status });

describe('readProblem', () => {
  it('keeps title, detail, code, request and the wrong places of a problem document', async () => {
    const body = {
      type: 'https://legendops.example/problems/request.invalid',
      title: 'The request is not valid',
      status: 400,
      detail: 'One field is wrong',
      code: 'request.invalid',
      requestId: 'req-1',
      errors: [{ pointer: '/body/email', code: 'invalid', detail: 'Not an e-mail address' }],
      instance: '/api/auth/v1/invitations',
    };
    const problem = await readProblem(Response.json(body, { status: 400 }));
    expect(problem).toMatchObject({
      title: 'The request is not valid',
      detail: 'One field is wrong',
      code: 'request.invalid',
      requestId: 'req-1',
      status: 400,
    });
    expect(placeOf(problem, 'email')).toBe('Not an e-mail address');
    expect(placeOf(problem, 'name')).toBeUndefined();
  });

  test.each([
    ['a page of a proxy', '<html>502</html>'],
    ['nothing', ''],
    ['other JSON', '{"message":"no"}'],
  ])('makes a problem of %s', async (_what, body) => {
    const response = new Response(body, { status: 502, headers: { 'x-request-id': 'req-2' } });
    expect(await readProblem(response)).toMatchObject({ code: 'answer.unreadable', status: 502, requestId: 'req-2' });
  });
});

describe('a problem that was told without a detail', () => {
  test.each([
    ['version.stale', /look at how it stands now/],
    ['exception.not-found', /Nothing is left to do/],
    ['invoice.not-found', /removed/],
    ['permission.denied', /Ask an administrator/],
    ['service.failed', /Try again/],
  ])('%s still names the next step', (code, step) => {
    expect(aProblem(400, code).detail).toMatch(step);
  });

  it('says nothing where nothing is known, and the detail where there is one', () => {
    expect(aProblem(400, 'something.new').detail).toBeNull();
    const told = new ApiProblem({ code: 'version.stale', title: 'Changed', status: 412, detail: 'By Ben' });
    expect(told.detail).toBe('By Ben');
  });
});

describe('isRefusal', () => {
  test.each([
    ['a conflict', aProblem(409), true],
    ['a missing permission', aProblem(403, 'permission.denied'), true],
    ['a stale version', aProblem(412, 'version.stale'), true],
    ['the same request still running', aProblem(409, 'idempotency.in-flight'), false],
    ['too many requests', aProblem(429, 'request.rate-limited'), false],
    ['a failure of the service', aProblem(500, 'service.failed'), false],
    ['a vendor that did not answer', aProblem(502, 'vendor.unavailable'), false],
    ['no answer at all', unreachable(), false],
    ['an error of the page', new Error('oops'), false],
  ])('%s', (_what, error, expected) => {
    expect(isRefusal(error)).toBe(expected);
  });
});

test('an error of the page itself is shown as a problem as well', () => {
  expect(asProblem(new Error('x is undefined'))).toMatchObject({ code: 'page.failed', detail: 'x is undefined' });
});

import { generateKeyPair } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleApi, thing, type SampleApi } from '../testing/sample-api.ts';

let api: SampleApi;
beforeEach(async () => {
  api = await sampleApi();
});
afterEach(() => api.close());

const junk = (n: number): string => `junk.${n}.junk`;
const ask = async (count: number, token: (n: number) => string): Promise<number[]> => {
  const found = [];
  for (let n = 0; n < count; n += 1) found.push((await api.call('GET', thing, { token: token(n) })).status);
  return found;
};
const person = (digit: string) => ({ tenantId: api.tenantId, memberId: `0190c000-0000-7000-8000-00000000000${digit}` });

it('who sends bad tokens is refused after some hundred, and nobody else at that address', async () => {
  const known = await api.tokens.accessToken(person('a'));
  expect(await ask(1, () => known)).toEqual([200]);
  const answers = await ask(310, junk);
  expect([answers[0], answers[299], ...answers.slice(300)]).toEqual([
    401,
    401,
    ...Array.from({ length: 10 }, () => 429),
  ]);
  const fresh = await api.tokens.accessToken(person('b'));
  expect(await ask(2, (n) => (n === 0 ? known : fresh))).toEqual([200, 200]);
});

it('who tries signatures for one and the same content is refused, and no other content is', async () => {
  const { privateKey: key } = await generateKeyPair('ES256');
  const forged = await api.tokens.accessToken(person('a'), { key });
  const answers = await ask(32, () => forged);
  expect(answers.slice(28)).toEqual([401, 401, 429, 429]);
  expect(await ask(1, () => junk(1))).toEqual([401]);
  const real = await api.tokens.accessToken({ ...person('a'), name: 'Ada, an hour later' });
  expect(await ask(1, () => real)).toEqual([200]);
});

it('who asks for what is not there is refused after some hundred, and for what is there never', async () => {
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, n) => api.call('GET', `/api/test/v1/nothing-${n}`)),
  );
  const found = answers.map(({ status }) => status);
  expect([found.filter((one) => one === 404).length, found.filter((one) => one === 429).length]).toEqual([300, 100]);
  const token = await api.tokens.accessToken(person('a'));
  expect(await ask(1, () => token)).toEqual([200]);
  expect((await api.call('GET', '/api/test/v1/open')).status).toBe(200);
});

it('a refusal is one line without a stack, and of hundreds a few are written', async () => {
  await ask(60, junk);
  const lines = api.lines.map((line) => JSON.parse(line));
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatchObject({
    level: 'info',
    msg: 'request refused',
    code: 'token.invalid',
    path: thing,
    reason: 'The access token is not valid',
  });
  expect(api.lines.join('')).not.toMatch(/stack|junk/);
});

it('who reads the document of the API over and over is refused, and for nothing else', async () => {
  const read = (n: number) => api.call('GET', `/api/test/openapi.json?${n}`);
  const answers = await Promise.all(Array.from({ length: 70 }, (_, n) => read(n)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
  expect((await read(0)).status).toBe(429);
  expect((await api.call('GET', '/api/test/v1/open')).status).toBe(200);
  expect((await fetch(`${api.url}/api/test/openapi.json`, { method: 'HEAD' })).status).toBe(429);
});

it('while something is away some lines say so with its cause, and no stack', async () => {
  const actor = { tenantId: api.tenantId };
  for (let n = 0; n < 20; n += 1) await api.call('GET', '/api/test/v1/away', { actor });
  const lines = api.lines.map((line) => JSON.parse(line)).filter(({ code }) => code === 'service.unavailable');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatchObject({
    level: 'warn',
    msg: 'request failed',
    cause: 'The service cannot answer at the moment',
  });
  expect(lines.map((line) => JSON.stringify(line)).join('')).not.toContain('stack');
});

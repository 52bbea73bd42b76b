import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listen, type Listening } from '../http/listen.ts';
import { collectingLog } from '../testing/sample-api.ts';
import type { Actor } from './actor.ts';
import { followRevocations, knownForMs } from './follow-revocations.ts';
import { ofOpenSessions, type Sessions } from './session-check.ts';

const session = '0190d000-0000-7000-8000-00000000000d';
const actor = { sessionId: session } as Actor;
const unavailable = { code: 'service.unavailable' };

// What the auth service says, and what it was asked.
let answer: { status: number; sessions: string[] };
let asked: (string | null)[];
let server: Listening;
let follower: Sessions;
let clock: number;
let lines: string[];

beforeEach(async () => {
  answer = { status: 200, sessions: [] };
  asked = [];
  clock = 0;
  lines = [];
  server = await listen(
    createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://auth').searchParams.get('after'));
      const { status, sessions } = answer;
      answer.sessions = [];
      response.writeHead(status).end(JSON.stringify({ sessions, next: `${asked.length}:${asked.length}:` }));
    }),
    0,
    '127.0.0.1',
  );
});
afterEach(async () => {
  await follower.stop();
  await server.close(0);
});

const follow = (): Sessions => {
  follower = followRevocations({
    url: `http://127.0.0.1:${server.port}`,
    token: async () => 'token',
    log: collectingLog(lines),
    now: () => clock,
  });
  return follower;
};
const opened = () => vi.waitFor(() => follower.ready(), { interval: 5 });
const askedAgain = async () => {
  const before = asked.length;
  // The second to come from now on was asked after this moment, and the first one's answer was applied.
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before + 1), { interval: 5, timeout: 5_000 });
};

describe('a service that follows the ended sessions', () => {
  it('lets nobody in and is not ready before it has heard of them', async () => {
    answer.status = 503;
    const { check, ready } = follow();
    await askedAgain();
    expect(() => check(actor)).toThrow(expect.objectContaining(unavailable));
    await expect(ready()).rejects.toMatchObject(unavailable);
    answer.status = 200;
    await opened();
    expect(check(actor)).toBeUndefined();
  });

  it('refuses a token of one that ended, also a token that it remembers as verified', async () => {
    const { check } = follow();
    const verify = ofOpenSessions(async () => actor, check);
    await opened();
    expect(await verify('token')).toBe(actor);
    answer.sessions = [session];
    await askedAgain();
    await expect(verify('token')).rejects.toMatchObject({ code: 'token.invalid' });
  });

  it('lets nobody in once the auth service is silent for too long, says so, and opens when it answers again', async () => {
    const { check } = follow();
    await opened();
    answer.status = 500;
    await askedAgain();
    expect(check(actor)).toBeUndefined();
    clock += knownForMs + 1;
    expect(() => check(actor)).toThrow(expect.objectContaining(unavailable));
    expect(lines.filter((line) => line.includes('nobody is let in'))).toHaveLength(1);
    answer.status = 200;
    await opened();
    expect(check(actor)).toBeUndefined();
    expect(lines.filter((line) => line.includes('sessions that ended are known'))).toHaveLength(2);
  });

  it('counts its knowledge from the question, not from an answer that was long on its way', async () => {
    const { check } = follow();
    await opened();
    clock += knownForMs;
    expect(check(actor)).toBeUndefined();
    clock += 1;
    expect(() => check(actor)).toThrow(expect.objectContaining(unavailable));
  });

  it('goes on from where it was, and asks for all of it after an interruption', async () => {
    follow();
    await opened();
    await askedAgain();
    expect(asked.slice(0, 3)).toEqual([null, '1:1:', '2:2:']);
    answer.status = 500;
    await askedAgain();
    expect(asked.at(-1)).toBeNull();
  });
});

import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';
import { z } from 'zod';
import { errorOfAnswer, Pax8Error } from './pax8-error.ts';

export interface Pax8Token {
  accessToken: string;
  expiresAt: Date;
}

export interface Pax8Credentials {
  clientId: string;
  clientSecret: string;
}

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().int().positive() });

const timeoutMs = 15_000;
const mostBytes = 64 * 1024;

/** POST /v1/token with a JSON body (not a form); there is no refresh token, a new one is fetched before the old ends. */
export const requestPax8Token = async (
  { url, audience }: { url: string; audience: string },
  { clientId, clientSecret }: Pax8Credentials,
  now: Date = new Date(),
): Promise<Pax8Token> => {
  const path = '/v1/token';
  const response = await readBounded(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      audience,
      grant_type: 'client_credentials',
    }),
    timeoutMs,
    mostBytes,
  }).catch(() => {
    throw new Pax8Error('unavailable', `Pax8 did not answer ${path}`);
  });
  if (response.status !== 200) throw errorOfAnswer(response, path, now.getTime());
  const answer = Answer.safeParse(jsonOf(response));
  if (!answer.success) throw new Pax8Error('unexpected', `Pax8 answered ${path} in an unknown form`);
  return {
    accessToken: answer.data.access_token,
    expiresAt: new Date(now.getTime() + answer.data.expires_in * 1000),
  };
};

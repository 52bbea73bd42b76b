import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';
import { retryAfterMs } from '@legendops/kit/http/retry-after';
import { z } from 'zod';
import { QuickBooksError } from './quickbooks-error.ts';

export interface QuickBooksTokens {
  accessToken: string;
  accessExpiresAt: Date;
  /** Replaces the one that was sent, which is dead from now on: store it before anything else. */
  refreshToken: string;
}

export interface QuickBooksOAuth {
  /** Where the browser chooses the account. */
  authorizationUrl(state: string): string;
  redeem(code: string): Promise<QuickBooksTokens>;
  /** Throws QuickBooksError token/invalid_grant when the refresh token is no longer accepted. */
  refresh(refreshToken: string): Promise<QuickBooksTokens>;
}

const Answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().int().positive(),
  refresh_token: z.string().min(1),
});

const scope = 'com.intuit.quickbooks.accounting';
const timeoutMs = 15_000;
const mostBytes = 64 * 1024;

/** Intuit's OAuth 2.0. One form POST without a retry of its own: a repeated refresh would send the dead token. */
export const quickBooksOAuth = (options: {
  authorizeUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  now?: () => Date;
}): QuickBooksOAuth => {
  const { authorizeUrl, tokenUrl, clientId, clientSecret, redirectUri, now = () => new Date() } = options;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');

  const post = async (form: Record<string, string>): Promise<QuickBooksTokens> => {
    const response = await readBounded(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${basic}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw new QuickBooksError('in-doubt', 'no-answer', 'Intuit gave no answer to a token request');
    });
    const body = jsonOf(response);
    if (response.status === 400 || response.status === 401) {
      const { error } = z.object({ error: z.string() }).catch({ error: 'refused' }).parse(body);
      throw new QuickBooksError('token', error, 'Intuit refused the token request');
    }
    const answer = Answer.safeParse(body);
    // Nothing was traded: the token that was sent is still good.
    if (response.status === 429)
      throw new QuickBooksError('throttled', 'http-429', 'Intuit takes no more token requests at present', {
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now().getTime()),
      });
    if (response.status !== 200 || !answer.success)
      throw new QuickBooksError('in-doubt', `http-${response.status}`, 'Intuit gave no token');
    return {
      accessToken: answer.data.access_token,
      accessExpiresAt: new Date(now().getTime() + answer.data.expires_in * 1000),
      refreshToken: answer.data.refresh_token,
    };
  };
  return {
    authorizationUrl: (state) => {
      const url = new URL(authorizeUrl);
      url.search = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        state,
      }).toString();
      return url.href;
    },
    redeem: (code) => post({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: (refreshToken) => post({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
};

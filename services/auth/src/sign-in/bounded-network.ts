import { readBounded } from '@legendops/kit/http/read-bounded';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

// Tokens, keys and discovery documents of Entra ID are a tenth of it.
const mostBytes = 64 * 1024;

/**
 * MSAL's way to the network with a deadline for each exchange, its body included, and an end of what is read; MSAL's own has
 * neither for a POST, and follows a redirect with the code and our secret.
 */
export const boundedNetwork = (timeoutMs: number): INetworkModule => {
  const exchange = async <Body>(
    url: string,
    method: 'GET' | 'POST',
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> => {
    const answer = await readBounded(url, {
      method,
      headers,
      ...(method === 'POST' && { body: body ?? '' }),
      timeoutMs,
      mostBytes,
    });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: JSON.parse(answer.text) as Body,
    };
  };
  return {
    sendGetRequestAsync: (url, options) => exchange(url, 'GET', options),
    sendPostRequestAsync: (url, options) => exchange(url, 'POST', options),
  };
};

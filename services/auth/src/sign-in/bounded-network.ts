import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** MSAL's way to the network with a deadline for each exchange, its body included; MSAL's own has none for a POST. */
export const boundedNetwork = (timeoutMs: number): INetworkModule => {
  const exchange = async <Body>(
    url: string,
    method: 'GET' | 'POST',
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> => {
    const response = await fetch(url, {
      method,
      headers,
      ...(method === 'POST' && { body: body ?? '' }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as Body,
    };
  };
  return {
    sendGetRequestAsync: (url, options) => exchange(url, 'GET', options),
    sendPostRequestAsync: (url, options) => exchange(url, 'POST', options),
  };
};

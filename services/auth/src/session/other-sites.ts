import { problem } from '@legendops/kit/errors/problem';

// SameSite=Lax keeps the cookie from other sites' POSTs already; a browser that says where a request is from is believed.
export const refuseOtherSites = (headers: Readonly<Record<string, string | undefined>>, publicUrl: string): void => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw problem('request.cross-site');
  if (headers.origin !== undefined && headers.origin !== new URL(publicUrl).origin) throw problem('request.cross-site');
};

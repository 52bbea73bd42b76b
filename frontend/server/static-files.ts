import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { encodingsFor } from './accepted-encodings.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** With the one other place that pictures come from and files are put to, where media have a name of their own. */
const contentSecurityPolicy = (mediaOrigin = ''): string => {
  const media = mediaOrigin === '' ? '' : ` ${mediaOrigin}`;
  return [
    "default-src 'self'",
    `img-src 'self' data:${media}`,
    `connect-src 'self'${media}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const commonHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );

interface Stored {
  path: string;
  size: number;
  encoding?: string;
}

const suffixes = { br: '.br', gzip: '.gz' } as const;

/** The file as the client takes it in the fewest bytes: compressed as the build has left it beside. */
const stored = async (path: string, acceptEncoding: string | undefined): Promise<Stored | undefined> => {
  for (const encoding of encodingsFor(acceptEncoding)) {
    const compressed = path + suffixes[encoding];
    const size = await sizeOf(compressed);
    if (size !== undefined) return { path: compressed, size, encoding };
  }
  const size = await sizeOf(path);
  return size === undefined ? undefined : { path, size };
};

const isServed = (name: string): boolean => extname(name) in types;

/** The built portal: files with a hash in their name for ever, every other path is the application itself. */
export const serveStatic = async (
  folder: string,
  {
    pathname,
    acceptEncoding,
    mediaOrigin,
  }: { pathname: string; acceptEncoding: string | undefined; mediaOrigin?: string | undefined },
  response: ServerResponse,
): Promise<void> => {
  const headers = { ...commonHeaders, 'content-security-policy': contentSecurityPolicy(mediaOrigin) };
  const wanted = join(folder, normalize(pathname));
  const named = wanted.startsWith(`${folder}/`) && isServed(wanted) ? wanted : undefined;
  const found = named === undefined ? undefined : await stored(named, acceptEncoding);
  if (found === undefined && extname(pathname) !== '' && pathname.startsWith('/assets/')) {
    response.writeHead(404, headers).end();
    return;
  }
  const index = join(folder, 'index.html');
  const file = found ?? (await stored(index, acceptEncoding));
  if (file === undefined) {
    response.writeHead(404, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': types[extname(found === undefined ? index : wanted)] ?? 'application/octet-stream',
    'content-length': file.size,
    vary: 'accept-encoding',
    ...(file.encoding && { 'content-encoding': file.encoding }),
    'cache-control':
      found !== undefined && pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
};

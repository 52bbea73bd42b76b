import { badRequest } from '../object/api-error.ts';

/** What a URL under /api or /apis speaks of. */
export type RequestTarget = {
  group: string;
  version: string;
  plural: string;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
};

const decoded = (segment: string | undefined): string | undefined =>
  segment === undefined ? undefined : unescaped(segment);

const unescaped = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`invalid URL escape in "${segment}"`);
  }
};

/** Undefined for paths that name no resource. */
export const requestTarget = (path: string): RequestTarget | undefined => {
  const segments = path.split('/').filter((segment) => segment !== '');
  const isCore = segments[0] === 'api';
  if (!isCore && segments[0] !== 'apis') return undefined;
  const group = isCore ? '' : (segments[1] ?? '');
  const [version, ...rest] = segments.slice(isCore ? 1 : 2);
  if (version === undefined || rest.length === 0) return undefined;
  const isInNamespace = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '');
  const namespace = isInNamespace ? decoded(rest[1]) : undefined;
  const [plural = '', name, ...below] = isInNamespace ? rest.slice(2) : rest;
  return {
    group,
    version,
    plural,
    namespace,
    name: decoded(name),
    subresource: below.length > 0 ? below.join('/') : undefined,
  };
};

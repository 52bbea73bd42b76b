import { problem } from '../errors/problem.ts';
import type { Route } from './route.ts';

/** A route with what was found of it in a path. */
export interface Match<Served> {
  served: Served;
  params: Readonly<Record<string, string>>;
}

interface Pattern<Served> {
  /** A literal, or the name of a parameter. */
  segments: readonly { literal?: string; name?: string }[];
  served: ReadonlyMap<string, Served>;
}

const parameter = /^\{(\w+)\}$/;
const none: Readonly<Record<string, string>> = Object.freeze({});

// One whose escapes are broken is an address of nothing.
const unescaped = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw problem('route.not-found');
  }
};

const paramsOf = <Served>({ segments }: Pattern<Served>, given: readonly string[]) => {
  if (segments.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, { literal, name = '' }] of segments.entries()) {
    const value = given[index] ?? '';
    if (literal === undefined ? value === '' : literal !== value) return undefined;
    if (literal === undefined) params[name] = unescaped(value);
  }
  return params;
};

/** Finds the route of a method and a path: case counts, a slash at the end is another address. */
export const routeTable = <Served>(
  prefix: string,
  routes: readonly Route[],
  serve: (route: Route) => Served,
): ((method: string, path: string) => Match<Served>) => {
  const byPath = new Map<string, Map<string, Served>>();
  for (const route of routes) {
    const path = prefix + route.path;
    const methods = byPath.get(path) ?? new Map<string, Served>();
    methods.set(route.method.toUpperCase(), serve(route));
    byPath.set(path, methods);
  }
  const isPattern = ([path]: [string, unknown]): boolean => path.includes('{');
  const literals = new Map([...byPath].filter((entry) => !isPattern(entry)));
  const patterns: Pattern<Served>[] = [...byPath].filter(isPattern).map(([path, served]) => ({
    served,
    segments: path.split('/').map((part) => {
      const name = parameter.exec(part)?.[1];
      return name === undefined ? { literal: part } : { name };
    }),
  }));
  // HEAD is a GET whose body Node keeps back.
  const ofMethod = (methods: ReadonlyMap<string, Served>, method: string): Served | undefined =>
    methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
  return (method, path) => {
    const literal = literals.get(path);
    const served = literal && ofMethod(literal, method);
    if (served !== undefined) return { served, params: none };
    const allowed = [...(literal?.keys() ?? [])];
    // One address may be a literal for one method and an instance of a pattern for another.
    const given = path.split('/');
    for (const pattern of patterns) {
      const params = paramsOf(pattern, given);
      if (!params) continue;
      const found = ofMethod(pattern.served, method);
      if (found !== undefined) return { served: found, params };
      allowed.push(...pattern.served.keys());
    }
    if (allowed.length === 0) throw problem('route.not-found');
    throw problem('route.method-not-allowed', { headers: { allow: [...new Set(allowed)].join(', ') } });
  };
};

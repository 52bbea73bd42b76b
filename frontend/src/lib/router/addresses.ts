import {
  auditSearch,
  cablingSearch,
  connectionsSearch,
  customersSearch,
  exceptionsSearch,
  invoicesSearch,
  noSearch,
  productsSearch,
  reconciliationSearch,
  shadowRunsSearch,
  stencilComparisonSearch,
  stencilSearch,
  stencilsSearch,
  usageSearch,
  worklistSearch,
} from './search-params.ts';

/** Every page by the pattern of its path, and how its search is read. `$name` stands for one segment; the first that fits is taken. */
const searchReaders = {
  '/': worklistSearch,
  '/customers': customersSearch,
  '/customers/$customerId': noSearch,
  '/usage': usageSearch,
  '/usage/$subscriptionId': noSearch,
  '/invoices': invoicesSearch,
  '/invoices/$invoiceId': noSearch,
  '/exceptions': exceptionsSearch,
  '/periods': noSearch,
  '/periods/$period': noSearch,
  '/reconciliation': reconciliationSearch,
  '/shadow-runs': shadowRunsSearch,
  '/connections': connectionsSearch,
  '/links': noSearch,
  '/seats': noSearch,
  '/seats/$pushId': noSearch,
  '/prices': noSearch,
  '/prices/$productId': noSearch,
  '/products': productsSearch,
  '/products/import': noSearch,
  '/products/categories': noSearch,
  '/products/$productId': noSearch,
  '/stencils': stencilsSearch,
  '/stencils/$stencilId': stencilSearch,
  '/stencils/$stencilId/comparison': stencilComparisonSearch,
  '/stencils/$stencilId/masters/$masterId': noSearch,
  '/cabling': cablingSearch,
  '/cabling/$designId': noSearch,
  '/calculators': noSearch,
  '/calculators/$calculatorId': noSearch,
  '/runs': noSearch,
  '/notices': noSearch,
  '/team': noSearch,
  '/audit': auditSearch,
} as const;

export type Path = keyof typeof searchReaders;

type ParamName<Pattern extends string> = Pattern extends `${infer Head}/${infer Rest}`
  ? ParamName<Head> | ParamName<Rest>
  : Pattern extends `$${infer Name}`
    ? Name
    : never;

export type ParamsOf<P extends Path> = { [Name in ParamName<P>]: string };
export type SearchOf<P extends Path> = ReturnType<(typeof searchReaders)[P]>;

/** What the page of an address is given of it. */
export interface PageProps<P extends Path> {
  params: ParamsOf<P>;
  search: SearchOf<P>;
}

/** A page with what its address needs: its params, and what of its view the address says. */
export type Target = {
  [P in Path]: { to: P; search?: SearchOf<P> } & ([ParamName<P>] extends [never]
    ? { params?: undefined }
    : { params: ParamsOf<P> });
}[Path];

/** The same without the ties between its parts, for code that serves every page. */
interface LooseTarget {
  to: Path;
  params?: Readonly<Record<string, string>> | undefined;
  search?: object | undefined;
}

export const hrefOf = ({ to, params = {}, search = {} }: LooseTarget): string => {
  const pathname = to.replaceAll(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? pathname : `${pathname}?${new URLSearchParams(given).toString()}`;
};

export interface Match {
  path: Path;
  params: Readonly<Record<string, string>>;
}

const segmentsOf = (pathname: string): string[] => pathname.split('/').filter((segment) => segment !== '');

const patterns = (Object.keys(searchReaders) as Path[]).map((path) => ({ path, segments: segmentsOf(path) }));

// An address that somebody cut in the middle of an escape is an address of nothing.
const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const paramsFor = (pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined => {
  if (pattern.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const value = decode(given[index] ?? '');
    if (value === undefined) return undefined;
    if (segment.startsWith('$')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
};

/** The page of a path; undefined where there is none. */
export const matchPath = (pathname: string): Match | undefined => {
  const given = segmentsOf(pathname);
  for (const { path, segments } of patterns) {
    const params = paramsFor(segments, given);
    if (params !== undefined) return { path, params };
  }
  return undefined;
};

export const readSearch = (path: Path, search: string): SearchOf<Path> =>
  searchReaders[path](Object.fromEntries(new URLSearchParams(search)));

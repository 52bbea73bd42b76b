import type { KubeObject } from '../object/kube-object.ts';
import type { Kind } from '../kinds/kind.ts';

export type TableOptions = { includeObject: string; withColumns: boolean; now: Date };

const partial = ({ metadata }: KubeObject) => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
});

const definitions = (kind: Kind) =>
  kind.columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
    name,
    type,
    format,
    description: description === '' ? name : description,
    priority,
  }));

/** The rows that kubectl prints. */
export const tableOf = (
  kind: Kind,
  objects: readonly KubeObject[],
  listMetadata: object,
  { includeObject, withColumns, now }: TableOptions,
) => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: listMetadata,
  columnDefinitions: withColumns ? definitions(kind) : null,
  rows: objects.map((object) => ({
    cells: kind.columns.map(({ cell }) => cell(object, now) ?? null),
    ...(includeObject === 'None' ? {} : { object: includeObject === 'Object' ? object : partial(object) }),
  })),
});

export type Presentation = 'object' | 'table' | 'partial';

/** How the client wants to see objects: the first form of its Accept header that is known. */
export const presentationOf = (accept: string): Presentation | undefined => {
  for (const part of accept.split(',')) {
    const [type, ...parameters] = part.split(';').map((piece) => piece.trim());
    if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3);
    if (as === 'Table') return 'table';
    if (as?.startsWith('PartialObjectMetadata')) return 'partial';
    if (as === undefined) return 'object';
  }
  return undefined;
};

export const partialOf = partial;

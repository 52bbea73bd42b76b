import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import { readXml } from './read-xml.ts';

export interface Relationship {
  id: string;
  type: string;
  /** Name of the part in the archive. */
  target: string;
}

/** `visio/document.xml` → `visio/_rels/document.xml.rels`; the package itself is ''. */
export const relationshipsPartOf = (part: string): string => {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
};

/** The part whose relationships a `.rels` part holds. */
export const sourceOf = (relationshipsPart: string): string =>
  relationshipsPart.replace(/(^|\/)_rels\/([^/]*)\.rels$/i, '$1$2');

const resolved = (source: string, target: string): string => {
  const wrong = () =>
    new StencilRefusal(
      'relationship-wrong',
      `${quoted(source || 'the package')} points to ${quoted(target)}, which is no part of this package.`,
    );
  if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//') || target.includes('\\'))
    throw wrong();
  const segments = target.startsWith('/') ? [] : source.split('/').slice(0, -1);
  for (const segment of target.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) throw wrong();
    } else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
};

export const readRelationships = (name: string, bytes: Buffer, limits: StencilLimits): Relationship[] => {
  const source = sourceOf(name);
  const relationships: Relationship[] = [];
  const ids = new Set<string>();
  readXml({ name, bytes, root: 'Relationships' }, limits, {
    open: (element, attributes) => {
      if (element !== 'Relationship') return;
      const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = 'Internal' } = attributes;
      if (mode !== 'Internal')
        throw new StencilRefusal(
          'relationship-external',
          `${quoted(name)} points outside of the package (${quoted(target)}). Take the link out in Visio and save again.`,
        );
      if (id === '' || ids.has(id))
        throw new StencilRefusal('relationship-wrong', `${quoted(name)} holds ${quoted(id)} twice, or without a name.`);
      ids.add(id);
      relationships.push({ id, type, target: resolved(source, target) });
    },
  });
  return relationships;
};

/** Parts of a Visio file point downwards: document, masters, images. A way back to where one came from is no file of Visio's. */
export const refuseCycles = (graph: ReadonlyMap<string, readonly string[]>): void => {
  const done = new Set<string>();
  for (const root of graph.keys()) {
    const path = new Set<string>();
    const stack: { part: string; next: number }[] = [{ part: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (!top) break;
      const targets = graph.get(top.part) ?? [];
      path.add(top.part);
      const target = targets[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.part);
        path.delete(top.part);
        stack.pop();
      } else if (path.has(target))
        throw new StencilRefusal('relationship-cycle', `${quoted(target)} leads back to itself by its relationships.`);
      else if (!done.has(target)) stack.push({ part: target, next: 0 });
    }
  }
};

import { wrongPlaces } from '@legendops/kit/http/wrong-places';
import type { DesignContent } from './contract.ts';
import { labelOf } from './label.ts';

type Path = readonly (string | number)[];
type Wrong = (path: Path, code: string, detail: string) => void;

const exactlyOne = (given: Readonly<Record<string, unknown>>, at: Path, wrong: Wrong): void => {
  const names = Object.keys(given);
  const there = names.filter((name) => given[name] !== null);
  const one = `Give exactly one of ${names.join(' and ')}`;
  if (there.length === 0) wrong([...at, names[0] ?? ''], 'required', one);
  for (const name of there.slice(1)) wrong([...at, name], 'given-twice', one);
};

const onceEach = (names: readonly string[], at: (index: number) => Path, wrong: Wrong): void => {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) wrong(at(index), 'repeated', `${name} is there already: each once`);
    seen.add(name);
  });
};

const keysOnceEach = (content: DesignContent, wrong: Wrong): void => {
  for (const list of ['links', 'pathways', 'feeds', 'parts'] as const)
    onceEach(
      content[list].map(({ key }) => key),
      (index) => [list, index, 'key'],
      wrong,
    );
  onceEach(
    content.links.map((link) => labelOf(content, link)),
    (index) => ['links', index, 'from', 'port'],
    wrong,
  );
};

/** Refuses, by field, what each field alone cannot show: two of one name, a link that is not there, both of two ways. */
export const wholeContent = (content: DesignContent): DesignContent => {
  const places = wrongPlaces();
  const wrong: Wrong = (path, code, detail) => places.add(['body', 'content', ...path], code, detail);
  keysOnceEach(content, wrong);
  const byKey = new Map(content.links.map((link) => [link.key, link]));
  const linksThere = (keys: readonly string[], at: Path): void => {
    onceEach(keys, (index) => [...at, index], wrong);
    keys.forEach((key, index) => {
      if (!byKey.has(key)) wrong([...at, index], 'unknown', `The design has no link ${key}`);
    });
  };
  content.links.forEach(({ runM, route, copper, fibre }, index) => {
    exactlyOne({ runM, route }, ['links', index], wrong);
    exactlyOne({ copper, fibre }, ['links', index], wrong);
  });
  content.pathways.forEach(({ conduit, tray, links }, index) => {
    exactlyOne({ conduit, tray }, ['pathways', index], wrong);
    linksThere(links, ['pathways', index, 'links']);
  });
  content.feeds.forEach(({ poeSource, calculation }, index) => {
    exactlyOne({ poeSource, calculation }, ['feeds', index], wrong);
    const at = ['feeds', index, 'poeSource', 'links'];
    linksThere(poeSource?.links ?? [], at);
    poeSource?.links.forEach((key, place) => {
      const link = byKey.get(key);
      if (link !== undefined && (link.copper?.poeClass ?? null) === null)
        wrong([...at, place], 'not-powered', `${labelOf(content, link)} has no class of power`);
    });
  });
  places.refuse();
  return content;
};

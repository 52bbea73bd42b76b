import type { DesignContent, Link } from './contract.ts';

/** Classes of administration: one room, one building, several buildings, several sites. */
export type LabelClass = 1 | 2 | 3 | 4;

type Place = Pick<DesignContent, 'site' | 'building'>;

export const spaceOf = ({ from: { floor, space } }: Pick<Link, 'from'>): string => `${floor}${space}`;

/**
 * The identifier of a link by TIA-606: `fs-an` is floor and space, panel and port, with the building and the site before it
 * where there are several. Both ends of the cable carry the same one.
 */
export const labelOf = ({ site, building }: Place, link: Pick<Link, 'from'>): string => {
  const { panel, port } = link.from;
  const before = [site, building].filter((mark) => mark !== null).map((mark) => `${mark}-`);
  return `${before.join('')}${spaceOf(link)}-${panel}${port.toString().padStart(2, '0')}`;
};

export const labelClassOf = ({ site, building, links }: Place & Pick<DesignContent, 'links'>): LabelClass => {
  if (site !== null) return 4;
  if (building !== null) return 3;
  return new Set(links.map(spaceOf)).size > 1 ? 2 : 1;
};

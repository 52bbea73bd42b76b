import { NewDesignContent, type DesignContent } from '../cabling-content/contract.ts';

type Fields = Record<string, unknown>;

/** A copper link to an outlet, as it is sent. */
export const aLink = (port: number, { copper, ...fields }: Fields & { copper?: Fields } = {}): Fields => ({
  key: `l${port}`,
  from: { floor: '1', space: 'A', panel: 'B', port },
  to: `Room ${100 + port}`,
  runM: 40,
  copper: { category: '6A', diameterMm: 7, conductorAwg: 23, cordAwg: 26, cordsM: 8, ...copper },
  ...fields,
});

export const aFibreLink = (port: number, { fibre, ...fields }: Fields & { fibre?: Fields } = {}): Fields => ({
  ...aLink(port),
  copper: null,
  fibre: { fibre: 'OM4', application: '10GBASE-SR', diameterMm: 3, connectorPairsDb: [0.5, 0.5], ...fibre },
  ...fields,
});

export const someContent = (fields: Fields = {}): Fields => ({ pricesOn: '2026-03-01', links: [aLink(1)], ...fields });

/** As it is computed with. */
export const aContent = (fields: Fields = {}): DesignContent => NewDesignContent.parse(someContent(fields));

export const aNewDesign = (fields: Fields = {}): Fields => ({ name: 'Floor 1', content: someContent(), ...fields });

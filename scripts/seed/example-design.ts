import type { NewDesignContent } from '@legendops/catalog/cabling-content/contract';
import type { PortalVisitor } from './portal-visitor.ts';

export const exampleDesignName = 'Head office, floor 1';

/** Measured on a plan; the last one is farther than a permanent link may be. */
const runsM = [22.5, 31, 38.5, 44, 47.5, 52, 58.5, 63, 71, 78.5, 86, 93];

interface Catalog {
  productId: (sku: string) => string;
  priceListId: string;
}

const cameras = new Set([4, 5, 6]);

/** A floor with what goes wrong on floors: a run that is too long, a fibre link within its reach that loses too much. */
export const exampleDesign = ({ productId, priceListId }: Catalog): NewDesignContent => {
  const copper = runsM.map((runM, index) => ({
    key: `c${index + 1}`,
    from: { floor: '1', space: 'A', panel: 'B', port: index + 1 },
    to: `Room 1${(index + 1).toString().padStart(2, '0')}`,
    runM,
    copper: {
      category: '6A' as const,
      application: '10GBASE-T' as const,
      shielded: true,
      diameterMm: 7.2,
      conductorAwg: 23 as const,
      cordAwg: 26 as const,
      cordsM: 7,
      poeClass: cameras.has(index) ? 6 : 4,
    },
    cableProductId: productId('FX-CAT6A'),
  }));
  const fibre = { fibre: 'OM4' as const, diameterMm: 3, connectorPairsDb: [0.75, 0.75] };
  const riser = { floor: '1', space: 'A', panel: 'F' };
  return {
    building: 'HQ',
    ambientC: 30,
    priceListId,
    pricesOn: '2026-03-01',
    rack: { panelPorts: 24, managers: 2, growthPercent: 25, rackUnits: 42 },
    links: [
      ...copper,
      {
        key: 'f1',
        from: { ...riser, port: 1 },
        to: 'Data centre, rack 4',
        runM: 120,
        fibre: { ...fibre, application: '10GBASE-SR' },
      },
      {
        key: 'f2',
        from: { ...riser, port: 2 },
        to: 'Data centre, rack 5',
        runM: 140,
        fibre: { ...fibre, application: '40GBASE-SR4' },
      },
    ],
    pathways: [
      {
        key: 'tray',
        name: 'Corridor tray',
        links: copper.map(({ key }) => key),
        tray: { widthMm: 100, depthMm: 60, fillPercent: 25, bundle: 12 },
      },
      {
        key: 'stub',
        name: 'Conduit to rooms 101 to 104',
        links: copper.slice(0, 4).map(({ key }) => key),
        conduit: { type: 'EMT', tradeSize: '1', bends: 1 },
      },
    ],
    feeds: [
      {
        key: 'switch',
        name: 'Access switch',
        poeSource: { budgetW: 370, links: copper.map(({ key }) => key) },
      },
      {
        key: 'door',
        name: 'Door controller',
        calculation: {
          calculator: 'device-supply',
          input: { supplyV: 24, powerW: 18, lengthM: 45, conductor: { mm2: 1.5 }, minimumV: 20 },
        },
      },
    ],
    parts: [
      { key: 'modules', productId: productId('FX-MOD6A'), quantity: 2, per: 'copper-link' },
      { key: 'panel', productId: productId('FX-PP24'), quantity: 1 },
      { key: 'hours', productId: productId('ON-SITE'), quantity: 0.75, per: 'link' },
    ],
  };
};

interface Listed {
  data: { id: string; sku: string; name: string }[];
}

/** The design as its MSP keeps it; published for the customer whose people sign in, where there is one. */
export const provideCabling = async (admin: PortalVisitor, customerId: string | undefined): Promise<void> => {
  const designs = await admin.get<Listed>('catalog/v1/cabling-designs?limit=200');
  if (designs.data.some(({ name }) => name === exampleDesignName)) return;
  const products = await admin.get<Listed>('catalog/v1/products?limit=200');
  const lists = await admin.get<Listed>('catalog/v1/price-lists');
  const productId = (sku: string): string => {
    const id = products.data.find((product) => product.sku === sku)?.id;
    if (id === undefined) throw new Error(`The example catalog has no ${sku}`);
    return id;
  };
  const [list] = lists.data;
  if (list === undefined) throw new Error('The example catalog has no price list');
  await admin.post('catalog/v1/cabling-designs', {
    name: exampleDesignName,
    ...(customerId !== undefined && { customerId, isPublished: true }),
    content: exampleDesign({ productId, priceListId: list.id }),
  });
};

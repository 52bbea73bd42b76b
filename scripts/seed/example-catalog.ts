import { provideFiles } from './example-files.ts';
import { provideStencil } from './example-stencil.ts';
import { PortalRefusal, type PortalVisitor } from './portal-visitor.ts';

// Made up for the examples: makers and numbers of nobody.
export const exampleProducts = `sku,name,kind,manufacturer,mpn,category,unit,pack size,lifecycle,published,description
CT-SW24P,Contoso access switch 24 PoE,product,Contoso Networks,CN-2400-P,Network > Switches,each,1,active,yes,"24 ports with 370 W of PoE, 1U"
CT-SW24,Contoso access switch 24,product,Contoso Networks,CN-2400,Network > Switches,each,1,active,yes,"24 ports, 1U"
CT-SW16,Contoso access switch 16,product,Contoso Networks,CN-1600,Network > Switches,each,1,end-of-life,no,Replaced by the switch of 24 ports
CT-AP6,Contoso access point 6,product,Contoso Networks,CN-AP6,Network > Wireless,each,1,active,yes,Wi-Fi 6 and class 4 PoE
FX-CAT6A,Cat 6A U/FTP cable,product,Fourth Coffee Cables,FX-6A-305,Cabling > Copper,m,305,active,no,"23 AWG, LSZH, box of 305 m"
FX-MOD6A,Cat 6A keystone module,product,Fourth Coffee Cables,FX-KM6A,Cabling > Copper,each,24,active,no,
FX-PP24,Patch panel 24 ports,product,Fourth Coffee Cables,FX-PP24,Cabling > Racks,each,1,active,no,"1U, unloaded"
FX-OM4,OM4 duplex patch cord 3 m,product,Fourth Coffee Cables,FX-OM4-3,Cabling > Fibre,each,1,active,no,LC to LC
ON-SITE,Engineer on site,service,,,Services,hour,1,active,yes,"On working days, travel included"
KIT-OFFICE,Small office kit,product,,,Network,each,1,active,yes,"One switch, three access points and half a day of work"
`;

const relations = [
  { sku: 'KIT-OFFICE', kind: 'bundles', other: 'CT-SW24P', quantity: 1 },
  { sku: 'KIT-OFFICE', kind: 'bundles', other: 'CT-AP6', quantity: 3 },
  { sku: 'KIT-OFFICE', kind: 'bundles', other: 'ON-SITE', quantity: 4 },
  { sku: 'CT-SW24', kind: 'replaces', other: 'CT-SW16', quantity: 1 },
  { sku: 'FX-PP24', kind: 'requires', other: 'FX-MOD6A', quantity: 24 },
  { sku: 'CT-AP6', kind: 'compatible', other: 'CT-SW24P', quantity: 1 },
] as const;

export const examplePrices: Readonly<Record<string, string>> = {
  'CT-SW24P': '64900',
  'CT-SW24': '38900',
  'CT-AP6': '17900',
  'FX-CAT6A': '85',
  'FX-MOD6A': '640',
  'FX-PP24': '3900',
  'ON-SITE': '12000',
};

interface Listed {
  data: { id: string; sku: string }[];
}

// An interrupted start has written it already.
const unlessThere = (error: unknown): void => {
  if (!(error instanceof PortalRefusal) || error.code !== 'relation.exists') throw error;
};

/** A catalog as an MSP keeps it: what it sells, some of it published to its customers, on one price list, with pictures. */
export const provideCatalog = async (admin: PortalVisitor, currency: string): Promise<void> => {
  await admin.post('catalog/v1/product-imports', { text: exampleProducts });
  const { data } = await admin.get<Listed>('catalog/v1/products?limit=200');
  const idOf = (sku: string): string => {
    const id = data.find((product) => product.sku === sku)?.id;
    if (id === undefined) throw new Error(`The example catalog has no ${sku}`);
    return id;
  };
  for (const { sku, kind, other, quantity } of relations)
    await admin
      .post(`catalog/v1/products/${idOf(sku)}/relations`, { kind, productId: idOf(other), quantity })
      .catch(unlessThere);
  const lists = await admin.get<{ data: { id: string }[] }>('catalog/v1/price-lists');
  const { id: list } =
    lists.data[0] ?? (await admin.post<{ id: string }>('catalog/v1/price-lists', { name: 'Standard', currency }));
  for (const [sku, amountMinor] of Object.entries(examplePrices)) {
    const price = { productId: idOf(sku), validFrom: '2026-01-01', amountMinor };
    await admin.put(`catalog/v1/price-lists/${list}/prices`, price);
  }
  await provideFiles(admin, idOf);
  await provideStencil(admin, idOf);
};

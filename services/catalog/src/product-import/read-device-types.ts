import { LineCounter, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { refusedFile } from './refused-file.ts';
import type { SaidRow } from './said-row.ts';

// Reading it takes the service a tenth of a second, in which it answers nobody else.
const longestYaml = 100_000;

const Parts = z.array(z.looseObject({})).max(2_000).default([]);

/** As much of a device type as makes a product, by the schema of NetBox's device-type library. */
const DeviceType = z.looseObject({
  manufacturer: z.string().min(1),
  model: z.string().min(1),
  slug: z.string().regex(/^[-a-z0-9_]+$/, 'A slug has small letters, digits, dashes and underscores'),
  part_number: z.string().max(50).optional(),
  u_height: z.number().min(0).multipleOf(0.5, 'Heights are multiples of half a unit').optional(),
  interfaces: z
    .array(z.looseObject({ poe_mode: z.string().optional() }))
    .max(2_000)
    .default([]),
  'power-ports': z
    .array(z.looseObject({ maximum_draw: z.number().optional() }))
    .max(2_000)
    .default([]),
  'front-ports': Parts,
});
type DeviceType = z.infer<typeof DeviceType>;

const many = (count: number, one: string): string[] =>
  count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`];

/** What a person would like to know of it at a glance. */
const describe = ({ u_height, interfaces, 'power-ports': power, 'front-ports': front }: DeviceType): string => {
  const powering = interfaces.filter(({ poe_mode }) => poe_mode === 'pse').length;
  const draw = power.reduce((most, { maximum_draw = 0 }) => Math.max(most, maximum_draw), 0);
  return [
    ...(u_height === undefined ? [] : [`${u_height}U`]),
    ...many(interfaces.length, 'interface'),
    ...(powering === 0 ? [] : [`${powering} with PoE`]),
    ...many(front.length, 'front port'),
    ...many(power.length, 'power port'),
    ...(draw === 0 ? [] : [`draws ${draw} W at most`]),
  ].join(', ');
};

const productOf = (device: DeviceType): Record<string, unknown> => ({
  sku: device.slug,
  name: `${device.manufacturer} ${device.model}`,
  manufacturer: device.manufacturer,
  mpn: device.part_number ?? device.model,
  description: describe(device),
});

/** What device types of NetBox's library say of products: the slug becomes the SKU. */
export const readDeviceTypes = (text: string): SaidRow[] => {
  const lineCounter = new LineCounter();
  if (text.length > longestYaml)
    throw refusedFile(`At most ${longestYaml} characters of device types, so part the file`);
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true });
  if (documents.length === 0) throw refusedFile('There is no device type in it');
  return [...documents].map((document) => {
    const { line } = lineCounter.linePos(document.contents?.range?.[0] ?? document.range[0]);
    const [broken] = document.errors;
    if (broken !== undefined) throw refusedFile(`Line ${broken.linePos?.[0].line ?? line}: this is not YAML`);
    const device = DeviceType.safeParse(valueOf(document));
    if (device.success) return { line, said: productOf(device.data), errors: [] };
    return {
      line,
      said: {},
      errors: device.error.issues.map(({ path, message }) => ({ field: path.join('.'), detail: message })),
    };
  });
};

// Aliases of aliases grow without end: the reader stops at a hundred of them.
const valueOf = (document: { toJS: (options: { maxAliasCount: number }) => unknown }): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw refusedFile('It refers to itself too often');
  }
};

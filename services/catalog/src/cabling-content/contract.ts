import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Id, LocalDate } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** What one design may hold: more is a design of its own. */
export const mostLinks = 300;
export const mostPathways = 100;
export const mostFeeds = 50;
export const mostParts = 100;

// The words of the calculators' tables. A contract imports none of them: a test compares both.
export const CopperCategory = z.enum(['5e', '6', '6A', '7A', '8']);
export const CopperApplication = z.enum([
  '10BASE-T',
  '100BASE-TX',
  '1000BASE-T',
  '2.5GBASE-T',
  '5GBASE-T',
  '10GBASE-T',
  '25GBASE-T',
  '40GBASE-T',
]);
export const FibreKind = z.enum(['OM1', 'OM1-160', 'OM2', 'OM3', 'OM4', 'OM5', 'OS1', 'OS1a', 'OS2']);
export const FibreApplication = z.enum([
  '1000BASE-SX',
  '10GBASE-SR',
  '10GBASE-LRM',
  '40GBASE-SR4',
  '100GBASE-SR10',
  '100GBASE-SR4',
  '400GBASE-SR4.2',
  '10GBASE-LR',
  '100GBASE-LR4',
]);
export const ConduitType = z.enum(['EMT', 'RMC', 'IMC', 'PVC40', 'PVC80']);
export const TradeSize = z.enum(['1/2', '3/4', '1', '1-1/4', '1-1/2', '2', '2-1/2', '3', '3-1/2', '4']);

/** Names one thing of a design for its other things. */
const Key = z.string().regex(/^[a-z0-9]{1,12}$/, 'One to twelve small letters and digits');
const Floor = z.string().regex(/^[A-Z]?\d{1,2}$/, 'A number, with a capital letter before it where one is needed');
const Space = z.string().regex(/^[A-Z]{1,2}$/, 'One or two capital letters');
const Mark = z.string().regex(/^[A-Z0-9]{1,6}$/, 'One to six capital letters or digits');
// The least of each is what the calculators take: anything below was mistyped.
const leastMm = 0.1;
const Metres = z.number().min(0.001).max(100_000);
const MetresOrNone = z.number().nonnegative().max(100_000);
const Coordinate = z.number().min(-100_000).max(100_000);
const DiameterMm = z.number().min(leastMm).max(500);
const Decibels = z.number().nonnegative().max(100);
const Dbm = z.number().min(-100).max(100);

const point = z.strictObject({ xM: Coordinate, yM: Coordinate });
const route = z.strictObject({
  from: point,
  to: point,
  riseM: MetresOrNone,
  dropM: MetresOrNone,
  slackRoomM: MetresOrNone.default(3),
  slackOutletM: MetresOrNone.default(0.3),
});
const copper = z.strictObject({
  category: CopperCategory,
  application: CopperApplication.nullable().default(null),
  shielded: z.boolean().default(false),
  diameterMm: DiameterMm,
  conductorAwg: z.literal([22, 23, 24, 26]),
  cordAwg: z.literal([24, 26, 28]),
  cordsM: MetresOrNone,
  roomCordM: MetresOrNone.nullable().default(null),
  /** Class of the device that is fed over it; null where none is. */
  poeClass: z.int().min(0).max(8).nullable().default(null),
  /** At the source; null: the least that the class's type allows. */
  sourceV: z.number().min(0.001).max(1000).nullable().default(null),
});
const fibre = z.strictObject({
  fibre: FibreKind,
  application: FibreApplication.nullable().default(null),
  wavelengthNm: z.number().min(100).max(2000).nullable().default(null),
  diameterMm: DiameterMm,
  cordsM: MetresOrNone.default(0),
  connectorPairsDb: z.array(Decibels).max(20).default([]),
  splicesDb: z.array(Decibels).max(20).default([]),
  txMinDbm: Dbm.nullable().default(null),
  rxSensitivityDbm: Dbm.nullable().default(null),
  penaltiesDb: Decibels.default(0),
});
const link = z.strictObject({
  key: Key,
  from: z.strictObject({ floor: Floor, space: Space, panel: Space, port: z.int().min(1).max(999) }),
  /** The outlet, room or rack at the far end. */
  to: lineOfText(64),
  /** Its length as measured, or the way that it takes: one of both. */
  runM: Metres.nullable().default(null),
  route: route.nullable().default(null),
  copper: copper.nullable().default(null),
  fibre: fibre.nullable().default(null),
  cableProductId: Id.nullable().default(null),
});
const pathway = z.strictObject({
  key: Key,
  name: lineOfText(64),
  links: z.array(Key).max(mostLinks),
  conduit: z
    .strictObject({
      type: ConduitType,
      /** Null: the smallest that takes the cables. */
      tradeSize: TradeSize.nullable().default(null),
      bends: z.int().min(0).max(4).default(0),
    })
    .nullable()
    .default(null),
  tray: z
    .strictObject({
      widthMm: z.number().min(leastMm).max(10_000),
      depthMm: z.number().min(leastMm).max(10_000),
      fillPercent: z.number().min(0.01).max(100),
      /** Cables that are tied together at the most; null where they lie loose. */
      bundle: z.int().min(1).max(mostLinks).nullable().default(null),
    })
    .nullable()
    .default(null),
  lengthM: Metres.nullable().default(null),
  productId: Id.nullable().default(null),
});
const feed = z.strictObject({
  key: Key,
  name: lineOfText(64),
  /** A switch or midspan that feeds links. */
  poeSource: z
    .strictObject({ budgetW: z.number().min(0.001).max(1_000_000), links: z.array(Key).min(1).max(mostLinks) })
    .nullable()
    .default(null),
  /** Any other supply, by the calculator that answers for it. */
  calculation: z
    .strictObject({
      calculator: z.enum(['device-supply', 'voltage-drop', 'ampacity', 'ups-runtime']),
      input: z.record(z.string(), z.unknown()),
    })
    .nullable()
    .default(null),
});
const part = z.strictObject({
  key: Key,
  productId: Id,
  quantity: z.number().min(0.001).max(100_000),
  /** How often the quantity is needed. */
  per: z.enum(['design', 'link', 'copper-link', 'fibre-link', 'module', 'plug']).default('design'),
});

/** What an engineer says of a cabling: everything else is computed. */
export const NewDesignContent = z
  .strictObject({
    profile: z.enum(['tia-nec', 'iso-iec']).default('tia-nec'),
    /** Mean over the permanent links. */
    ambientC: z.number().min(-60).max(60).default(20),
    /** Where there are several: both stand before every label. */
    site: Mark.nullable().default(null),
    building: Mark.nullable().default(null),
    wastePercent: z.number().min(0).max(100).default(5),
    priceListId: Id.nullable().default(null),
    /** Prices of this day. */
    pricesOn: LocalDate,
    rack: z
      .strictObject({
        panelPorts: z.literal([24, 48]),
        managers: z.int().min(0).max(200).default(0),
        growthPercent: z.number().min(0).max(500).default(0),
        rackUnits: z.int().min(1).max(100),
      })
      .nullable()
      .default(null),
    links: z.array(link).max(mostLinks),
    pathways: z.array(pathway).max(mostPathways).default([]),
    feeds: z.array(feed).max(mostFeeds).default([]),
    parts: z.array(part).max(mostParts).default([]),
  })
  .meta({ id: 'NewDesignContent' });

/** The same as it is answered: with what was left out, and as loose as answers are. */
const asAnswer = (schema: z.ZodType): z.ZodType => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return asAnswer(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodNullable) return asAnswer(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodArray) return z.array(asAnswer(schema.element as z.ZodType));
  if (schema instanceof z.ZodObject)
    return z.object(
      Object.fromEntries(
        Object.entries(schema.shape as z.ZodRawShape).map(([name, one]) => [name, asAnswer(one as z.ZodType)]),
      ),
    );
  if (schema instanceof z.ZodNumber) return z.number();
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat ? z.string() : schema;
};

export const DesignContent = asAnswer(NewDesignContent).meta({ id: 'DesignContent' }) as z.ZodType<
  z.output<typeof NewDesignContent>
>;

export type DesignContent = z.output<typeof NewDesignContent>;
export type NewDesignContent = z.input<typeof NewDesignContent>;
export type Link = DesignContent['links'][number];
export type Pathway = DesignContent['pathways'][number];
export type Feed = DesignContent['feeds'][number];
export type Part = DesignContent['parts'][number];

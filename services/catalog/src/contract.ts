import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { z } from 'zod';

export const Product = z
  .object({
    id: Id,
    sku: z.string(),
    name: z.string(),
    manufacturer: z.string(),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Product' });

export const ProductQuery = PageQuery;

export const ProductPage = pageOf(Product).meta({ id: 'ProductPage' });

const fields = {
  sku: lineOfText(64),
  name: lineOfText(256),
  manufacturer: optionalLine(128),
};

export const NewProduct = z
  .strictObject({ ...fields, manufacturer: fields.manufacturer.default('') })
  .meta({ id: 'NewProduct' });

export const ProductChange = z.strictObject(fields).partial().meta({ id: 'ProductChange' });

const JsonSchema = z.record(z.string(), z.unknown());

/** One calculator: its schemas are JSON Schema, each field with its `unit`; every constant says where it comes from. */
const Calculator = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    profiles: z.array(z.object({ id: z.enum(['tia-nec', 'iso-iec']), edition: z.string() })),
    input: JsonSchema,
    output: JsonSchema,
    constants: z.array(
      z.object({
        name: z.string(),
        value: z.union([z.string(), z.number()]),
        unit: z.string().optional(),
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'Calculator' });

/** All of them: they are few, and the same for everyone. */
export const CalculatorList = z.object({ data: z.array(Calculator) }).meta({ id: 'CalculatorList' });

/** Of one calculator, by the schema that the list has of it. */
export const CalculationInput = z.record(z.string(), z.unknown()).meta({ id: 'CalculationInput' });

const Step = z.object({
  formula: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.number()])),
  value: z.number(),
  unit: z.string(),
  source: z.string(),
});

const CalculationWarning = z.object({
  code: z.string(),
  detail: z.string(),
  limit: z.number().optional(),
  actual: z.number().optional(),
  unit: z.string().optional(),
  source: z.string(),
});

/** The outputs by their names, and beside them how they came about. */
export const CalculationOutcome = z
  .looseObject({
    calculator: z.object({ id: z.string(), version: z.number().int() }),
    profile: z.object({ id: z.enum(['tia-nec', 'iso-iec']), edition: z.string() }),
    steps: z.array(Step),
    warnings: z.array(CalculationWarning),
  })
  .meta({ id: 'CalculationOutcome' });

export type Product = z.infer<typeof Product>;
export type ProductPage = z.infer<typeof ProductPage>;
export type NewProduct = z.infer<typeof NewProduct>;
export type ProductChange = z.infer<typeof ProductChange>;
export type CalculatorList = z.infer<typeof CalculatorList>;

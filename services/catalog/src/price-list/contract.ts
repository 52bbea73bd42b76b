import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { AmountMinor, Currency, Id, LocalDate, Version } from '@legendops/kit/contract/values';
import { z } from 'zod';

export const PriceList = z
  .object({ id: Id, name: z.string(), currency: Currency, version: Version })
  .meta({ id: 'PriceList' });

export const PriceLists = z.object({ data: z.array(PriceList) }).meta({ id: 'PriceLists' });

export const NewPriceList = z.strictObject({ name: lineOfText(128), currency: Currency }).meta({ id: 'NewPriceList' });

/** From that day until the next price of the same product; null: from that day on the list has none. */
export const NewPrice = z
  .strictObject({
    productId: Id,
    validFrom: LocalDate,
    amountMinor: z
      .string()
      .regex(/^\d{1,15}$/, 'Whole minor units of the currency, as digits')
      .nullable(),
  })
  .meta({ id: 'NewPrice' });

export const Price = z
  .object({ priceListId: Id, productId: Id, validFrom: LocalDate, amountMinor: AmountMinor.nullable() })
  .meta({ id: 'Price' });

/** What a product costs on a day by one list. */
export const ProductPrice = z
  .object({
    priceList: PriceList,
    /** Null where the list has no price for it, or none for something that it is made of. */
    amountMinor: AmountMinor.nullable(),
    /** `own`: the list says it; `sum`: of what a bundle is made of; `none`. */
    origin: z.enum(['own', 'sum', 'none']),
    validFrom: LocalDate.nullable(),
  })
  .meta({ id: 'ProductPrice' });

export const ProductPrices = z.object({ on: LocalDate, data: z.array(ProductPrice) }).meta({ id: 'ProductPrices' });

export const PriceQuery = z.strictObject({ on: LocalDate.optional() });

export type PriceList = z.infer<typeof PriceList>;
export type NewPriceList = z.infer<typeof NewPriceList>;
export type NewPrice = z.infer<typeof NewPrice>;
export type Price = z.infer<typeof Price>;
export type ProductPrice = z.infer<typeof ProductPrice>;

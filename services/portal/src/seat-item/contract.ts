import { ForeignId, Version } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

const Item = z.object({ itemId: z.string(), itemName: z.string() });

export const SeatItemSuggestion = Item.extend({ by: z.enum(['name', 'like-name', 'part-of-name']) }).meta({
  id: 'SeatItemSuggestion',
});

/** A product at Pax8, and which item of SuperOps's catalog it is. */
export const SeatItem = z
  .object({
    productId: ForeignId,
    productName: z.string(),
    /** How many customers have or had it in this month. */
    customers: z.number().int(),
    /** `gone`: SuperOps has the item no more. `needed`: a person says which it is. */
    state: z.enum(['linked', 'gone', 'needed']),
    itemId: z.string().nullable(),
    itemName: z.string().nullable(),
    version: Version.nullable(),
    /** The likeliest first; a person confirms one. */
    suggestions: z.array(SeatItemSuggestion),
  })
  .meta({ id: 'SeatItem' });

export const SeatItems = z
  .object({
    data: z.array(SeatItem),
    /** All that SuperOps has to choose from, by name. */
    choices: z.array(Item),
    /** Items of which SuperOps said less than it has to. */
    unreadable: z.number().int(),
    acts: z.object({ confirm: Verdict }),
  })
  .meta({ id: 'SeatItems' });

export const NewSeatItem = z.strictObject({ itemId: z.string().regex(/^\d{1,20}$/) }).meta({ id: 'NewSeatItem' });

export const ConfirmedSeatItem = Item.extend({ productId: ForeignId, version: Version }).meta({
  id: 'ConfirmedSeatItem',
});

export type SeatItem = z.infer<typeof SeatItem>;
export type SeatItems = z.infer<typeof SeatItems>;
export type SeatItemSuggestion = z.infer<typeof SeatItemSuggestion>;
export type NewSeatItem = z.infer<typeof NewSeatItem>;
export type ConfirmedSeatItem = z.infer<typeof ConfirmedSeatItem>;

import { priceFromText, priceText, quantityDigits, quantityText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { addDays } from '../rating/period.ts';
import type { PriceBook } from '../rating/price-book.ts';
import type { FormerState, ListedPrice, Pax8Contact, Pax8Order, SubscriptionTerm } from './contract.ts';
import { priceInForce } from './price-in-force.ts';
import type { ContactRow, OrderRow, PriceRow, SnapshotRow, VersionRow } from './store.ts';
import type { Stretch } from './stretches.ts';

const orNull = (text: string | null | undefined): string | null => (text ? text : null);
const quantity = (text: string): string => quantityText(parseScaled(text, quantityDigits));
const price = (text: string | null | undefined, currency: string): string | null =>
  text === null || text === undefined ? null : priceText(priceFromText(text, currency), currency);

export const presentContact = ({ id, body }: ContactRow): Pax8Contact => ({
  id,
  name: [body.firstName, body.lastName].filter(Boolean).join(' '),
  email: orNull(body.email),
  phone: orNull(body.phone),
  types: body.types.map(({ type, primary }) => ({ type, isPrimary: primary === true })),
  createdOn: body.createdDate ?? null,
});

export const presentOrder = ({ id, body, names }: OrderRow): Pax8Order => ({
  id,
  createdOn: body.createdDate,
  orderedBy: orNull(body.orderedBy),
  orderedByEmail: orNull(body.orderedByUserEmail),
  lines: body.lineItems.map((line, place) => ({
    id: line.id ?? place.toString(),
    productId: line.productId,
    productName: names[line.productId] ?? null,
    subscriptionId: line.subscriptionId ?? null,
    quantity: quantity(line.quantity),
    billingTerm: orNull(line.billingTerm),
  })),
});

/** What was ordered of one subscription. */
export const presentOrderOf = (subscriptionId: string, { id, body }: OrderRow): SubscriptionTerm['orders'] =>
  body.lineItems
    .filter((line) => line.subscriptionId === subscriptionId)
    .map((line) => ({
      id,
      createdOn: body.createdDate,
      orderedBy: orNull(body.orderedBy),
      orderedByEmail: orNull(body.orderedByUserEmail),
      quantity: quantity(line.quantity),
    }));

export const presentTerm = (
  { from, to, pricedOn, version }: Stretch<VersionRow>,
  { book, orders }: { book: PriceBook; orders: SubscriptionTerm['orders'] },
): SubscriptionTerm => {
  const { customerId, productId, billingTerm, currency, quantityE6, costE8 } = version;
  const asked = { customerId: customerId ?? '', productId, billingTerm, currency, date: pricedOn };
  return {
    from,
    to,
    status: version.status,
    billingTerm,
    quantity: quantityText(quantityE6),
    pricedOn,
    unitCost: costE8 === null ? null : priceText(costE8, currency),
    suggestedPrice: priceText(version.priceE8, currency),
    ...priceInForce(book, asked, { quantityE6, unitCostE8: costE8 }),
    orders,
  };
};

const dateIn = /^\d{4}-\d{2}-\d{2}/;

export const presentFormerState = ({ id, body }: SnapshotRow, currency: string): FormerState => ({
  id,
  // Four spellings of an instant, all of which begin with the day.
  changedOn: dateIn.exec(body.updatedDate ?? body.createdDate ?? '')?.[0] ?? null,
  status: body.status,
  billingTerm: body.billingTerm,
  quantity: quantity(body.quantity),
  startDate: body.startDate ?? null,
  endDate: body.endDate ?? null,
  unitCost: price(body.partnerCost, body.currencyCode ?? currency),
});

const oneUnit = 1_000_000n;
const isForAll = (chargeType: string | null | undefined): boolean => chargeType === 'Flat Rate';

export const presentPrice = (
  { body, from, to }: PriceRow,
  { book, productId, currency, today }: { book: PriceBook; productId: string; currency: string; today: string },
): ListedPrice => {
  const { billingTerm } = body;
  const date = to === null ? today : addDays(to, -1);
  const asked = { customerId: '', productId, billingTerm, currency, date };
  return {
    from,
    to,
    billingTerm,
    commitmentTerm: orNull(body.commitmentTerm),
    unitOfMeasurement: orNull(body.unitOfMeasurement),
    rates: body.rates.map((rate) => {
      const { startQuantityRange: start, endQuantityRange: end, chargeType } = rate;
      const first = start === null || start === undefined ? 0n : parseScaled(start, quantityDigits);
      // What is charged once for all is the cost of one thing.
      const quantityE6 = isForAll(chargeType) || first === 0n ? oneUnit : first;
      const unitCostE8 = priceFromText(rate.partnerBuyRate, currency);
      return {
        fromQuantity: start === null || start === undefined ? null : quantityText(first),
        toQuantity: end === null || end === undefined ? null : quantity(end),
        chargeType: orNull(chargeType),
        cost: priceText(unitCostE8, currency),
        suggestedPrice: price(rate.suggestedRetailPrice, currency),
        ...priceInForce(book, asked, { quantityE6, unitCostE8 }),
      };
    }),
  };
};

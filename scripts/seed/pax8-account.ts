import { stableUuid } from '../doubles/stable-uuid.ts';
import type { AccountSeed } from '../doubles/pax8/account.ts';
import { aCompany, aProduct, aUsageLine } from '../doubles/pax8/sample-account.ts';
import { addDays, addMonths, monthOf } from '@legendops/billing/rating/period';
import {
  cloud,
  pax8ClientId,
  pax8ClientSecret,
  products,
  type ExampleCustomer,
  type ExampleProvider,
} from './example-providers.ts';

/** The id of a product at Pax8 in this provider's account. */
export const pax8ProductId = (provider: ExampleProvider, name: string): string =>
  stableUuid('pax8', pax8ClientId(provider), 'product', name);

const daysBefore = (from: string, today: string): string[] => {
  const days: string[] = [];
  for (let day = from; day < today; day = addDays(day, 1)) days.push(day);
  return days;
};

// Weekends are quieter and no two days are equal: a chart of it looks like one of a real customer.
const hoursOn = (day: string, hoursADay: number): number => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const quiet = weekday === 0 || weekday === 6 ? 0.55 : 1;
  const wobble = (Number(day.slice(8)) * 7919) % 23;
  return Math.round(hoursADay * quiet * (0.9 + wobble / 115) * 1000) / 1000;
};

/** A partner account at the Pax8 double: companies, subscriptions, and usage from the first of last month to yesterday. */
export const pax8Account = (provider: ExampleProvider, today: string): AccountSeed => {
  const clientId = pax8ClientId(provider);
  const id = (...names: string[]): string => stableUuid('pax8', clientId, ...names);
  const firstDay = addMonths(monthOf(today).start, -1);
  const common = { status: 'Active', billingStart: firstDay, currencyCode: provider.currency, createdDate: firstDay };
  const companyId = ({ name }: ExampleCustomer): string => id('company', name);

  const seats = provider.customers.flatMap((customer) =>
    Object.entries(customer.seats).map(([product, quantity]) => {
      const { buy, sell } = products.find(({ name }) => name === product) ?? { buy: 0, sell: 0 };
      return {
        ...common,
        id: id('subscription', customer.name, product),
        companyId: companyId(customer),
        productId: pax8ProductId(provider, product),
        productName: product,
        quantity,
        price: sell,
        partnerCost: buy,
        billingTerm: 'Monthly',
        startDate: `${addMonths(firstDay, -5)}T00:00:00Z`,
      };
    }),
  );
  const consuming = provider.customers.filter(({ hoursADay }) => hoursADay !== undefined);
  return {
    clientId,
    clientSecret: pax8ClientSecret,
    partnerName: provider.displayName,
    currencyCode: provider.currency,
    invoicesSince: firstDay.slice(0, 7),
    companies: provider.customers.map((customer) => aCompany(companyId(customer), customer.name)),
    contacts: provider.customers.map((customer) => ({
      id: id('contact', customer.name),
      companyId: companyId(customer),
      firstName: 'Office of',
      lastName: customer.name,
      email: `office@${customer.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`,
      phone: '555-555-5555',
      createdDate: firstDay,
      types: ['Admin', 'Billing', 'Technical'].map((type) => ({ type, primary: true })),
    })),
    orders: seats.map((seat) => ({
      id: id('order', seat.id),
      companyId: seat.companyId,
      createdDate: seat.startDate.slice(0, 10),
      orderedBy: 'Pax8 Partner',
      orderedByUserEmail: provider.admin.email,
      isScheduled: false,
      lineItems: [
        {
          id: id('order line', seat.id),
          productId: seat.productId,
          subscriptionId: seat.id,
          billingTerm: seat.billingTerm,
          quantity: seat.quantity,
        },
      ],
    })),
    products: [...products, cloud].map((product) => aProduct(pax8ProductId(provider, product.name), product)),
    subscriptions: [
      ...seats,
      ...consuming.map((customer) => ({
        ...common,
        id: id('subscription', customer.name, cloud.name),
        companyId: companyId(customer),
        productId: pax8ProductId(provider, cloud.name),
        productName: cloud.name,
        quantity: 1,
        price: 0,
        partnerCost: 0,
        billingTerm: 'Activation',
        startDate: `${firstDay}T00:00:00Z`,
      })),
    ],
    usage: consuming.map((customer) => ({
      id: id('usage', customer.name),
      companyId: companyId(customer),
      subscriptionId: id('subscription', customer.name, cloud.name),
      productId: pax8ProductId(provider, cloud.name),
      resourceGroup: 'rg-production',
      lines: daysBefore(firstDay, today).map((usageDate) =>
        aUsageLine({
          usageDate,
          productId: pax8ProductId(provider, cloud.name),
          quantity: hoursOn(usageDate, customer.hoursADay ?? 0),
        }),
      ),
    })),
  };
};

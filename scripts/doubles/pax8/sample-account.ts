import { multiply } from '../decimal.ts';
import { stableUuid } from '../stable-uuid.ts';
import type { AccountSeed } from './account.ts';

const idOf = (clientId: string) => (kind: string, name: string) => stableUuid('pax8', clientId, kind, name);

/**
 * A small partner with one of everything that has bitten: both spellings of terms, all four spellings of dates,
 * a subscription without commitment, tiered prices, usage in three decimals. Ids follow from the client id.
 */
export function sampleAccount({
  clientId,
  clientSecret = 'local',
  month,
}: {
  clientId: string;
  clientSecret?: string;
  month: string;
}) {
  const id = idOf(clientId);
  const day = (number: number) => `${month}-${String(number).padStart(2, '0')}`;
  const companies = [
    aCompany(id('company', 'Fabrikam'), 'Fabrikam'),
    aCompany(id('company', 'Tailspin'), 'Tailspin Toys'),
  ];
  const [fabrikam = '', tailspin = ''] = companies.map((company) => company.id);
  const products = [
    aProduct(id('product', 'suite'), { name: 'Productivity Suite', sku: 'SUITE-1', buy: 10.45, sell: 12.5 }),
    {
      ...aProduct(id('product', 'backup'), { name: 'Backup per device', sku: 'BACKUP-1', buy: 1.875, sell: 3.25 }),
      dependencies: { commitmentDependencies: [aCommitment(id('commitment', '3'), '3-Year')] },
    },
    aProduct(id('product', 'cloud'), { name: 'Cloud consumption', sku: 'CLOUD-1', buy: 0.123, sell: 0.15 }),
  ];
  const [suite = '', backup = '', cloud = ''] = products.map((product) => product.id);
  const common = { status: 'Active', billingStart: day(1), currencyCode: 'USD' };
  const cloudSubscription = id('subscription', 'cloud');

  return {
    clientId,
    clientSecret,
    partnerName: `Partner ${clientId}`,
    companies,
    contacts: companies.map((company) => ({
      id: id('contact', company.name),
      companyId: company.id,
      firstName: 'Ada',
      lastName: 'Admin',
      email: 'ada@example.com',
      phone: '555-555-5555',
      createdDate: day(1),
      types: [{ type: 'Admin', primary: true }],
    })),
    products,
    subscriptions: [
      {
        ...common,
        id: id('subscription', 'suite'),
        companyId: fabrikam,
        productId: suite,
        quantity: 45,
        price: 12.5,
        partnerCost: 10.45,
        billingTerm: 'Monthly',
        startDate: `${day(1)}T00:00:00Z`,
        createdDate: day(1),
        updatedDate: `${day(2)}T13:20:13.153-0700`,
      },
      {
        ...common,
        id: id('subscription', 'backup'),
        companyId: tailspin,
        productId: backup,
        quantity: 7,
        price: 117,
        partnerCost: 67.5,
        billingTerm: '3-Year',
        startDate: day(1),
        createdDate: `${day(1)}T08:00:00.000-05:00`,
        commitmentTerm: { id: id('commitment', '3'), term: '3-Year', endDate: '2029-01-01' },
      },
      {
        ...common,
        id: cloudSubscription,
        companyId: fabrikam,
        productId: cloud,
        quantity: 1,
        price: 0,
        partnerCost: 0,
        billingTerm: 'Activation',
        startDate: `${day(1)}T00:00:00Z`,
        createdDate: day(1),
      },
    ],
    usage: [
      {
        id: id('usage', 'rg-main'),
        companyId: fabrikam,
        subscriptionId: cloudSubscription,
        productId: cloud,
        resourceGroup: 'rg-main',
        lines: [1, 2, 3].map((number) =>
          aUsageLine({ usageDate: day(number), productId: cloud, quantity: 288.152 * number }),
        ),
      },
    ],
  } satisfies AccountSeed;
}

export function aUsageLine({
  usageDate,
  productId,
  quantity,
}: {
  usageDate: string;
  productId: string;
  quantity: number;
}) {
  const partnerTotal = multiply(quantity, 0.123, 3);
  const currentCharges = multiply(quantity, 0.15, 3);
  return {
    usageDate,
    productId,
    productName: 'Compute hours',
    unitOfMeasure: 'Hour',
    quantity: multiply(quantity, 1, 3),
    unitPrice: 0.15,
    currentCharges,
    partnerTotal,
    currentProfit: multiply(currentCharges - partnerTotal, 1, 3),
  };
}

export const aCompany = (id: string, name: string) => ({
  id,
  name,
  address: { street: '1 Main St', city: 'Denver', stateOrProvince: 'CO', postalCode: '80202', country: 'US' },
  phone: '555-555-5555',
  website: 'https://example.com/',
  billOnBehalfOfEnabled: false,
  selfServiceAllowed: false,
  orderApprovalRequired: false,
});

/** One that takes nothing back, as most do. */
const aCommitment = (id: string, term: string) => ({
  id,
  term,
  autoRenew: true,
  renewalWindowDaysBeforeTermEnd: 30,
  renewalWindowDaysAfterTermEnd: 0,
  allowForQuantityIncrease: true,
  allowForQuantityDecrease: false,
  allowForEarlyCancellation: false,
  cancellationFeeApplied: false,
  isTransferable: false,
});

type Priced = { name: string; sku: string; buy: number; sell: number };

export const aProduct = (id: string, { name, sku, buy, sell }: Priced) => ({
  id,
  name,
  vendorName: 'Acme Corps',
  sku,
  vendorSku: `${sku}-V`,
  shortDescription: name,
  description: name,
  requiresCommitment: false,
  pricing: [
    {
      billingTerm: 'Monthly',
      commitmentTerm: 'Monthly',
      commitmentTermInMonths: 1,
      type: 'Tiered',
      unitOfMeasurement: 'Each',
      rates: [
        {
          partnerBuyRate: buy,
          suggestedRetailPrice: sell,
          startQuantityRange: 1,
          endQuantityRange: 100,
          chargeType: 'Per Unit',
        },
        {
          partnerBuyRate: multiply(buy, 0.9, 3),
          suggestedRetailPrice: sell,
          startQuantityRange: 101,
          endQuantityRange: null,
          chargeType: 'Per Unit',
        },
      ],
    },
  ],
});

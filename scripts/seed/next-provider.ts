import { exampleProviders, type ExampleProvider } from './example-providers.ts';

const [northwind] = exampleProviders as [ExampleProvider, ...ExampleProvider[]];

/** The provider of docs/examples/tenant.yaml: its vendors know it already, the rest is for whoever follows docs/onboarding.md. */
export const nextProvider: ExampleProvider = {
  ...northwind,
  name: 'litware',
  displayName: 'Litware Managed IT',
  directory: '77777777-7777-4777-8777-777777777777',
  admin: { name: 'Lee Litware', email: 'lee@litware.example' },
  people: [],
  quickBooksRealm: '9130350000000007',
};

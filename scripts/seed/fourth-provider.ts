import { exampleProviders, type ExampleProvider } from './example-providers.ts';

const [northwind] = exampleProviders as [ExampleProvider, ...ExampleProvider[]];

/** A provider that the seed does not make: tests take it all the way from its Tenant to its first posted invoice. */
export const fourthProvider: ExampleProvider = {
  ...northwind,
  name: 'fourth-coffee',
  displayName: 'Fourth Coffee IT',
  directory: '44444444-4444-4444-8444-444444444444',
  admin: { name: 'Fay Fourth', email: 'fay@fourth.example' },
  people: [],
  quickBooksRealm: '9130350000000004',
};

import { expect } from 'vitest';
import { aPerson, settled, signInByLink, type Person } from './person.ts';
import type { World } from './world.ts';

type See = (person: Person) => Promise<void>;

/** Visits of people of the example data: signed in, on a page that has come; the browser had nothing to complain of. */
export const visits = (world: () => World) => {
  const visit = async (email: string, see: See): Promise<void> => {
    const { browser, platform } = world();
    const person = await aPerson(browser);
    await signInByLink(person, platform.endpoints.gateway, email);
    await settled(person.page);
    await see(person);
    expect(person.complaints).toEqual([]);
    await person.leave();
  };
  return {
    visit,
    asAda: (see: See) => visit('ada@northwind.example', see),
    asDora: (see: See) => visit('dora@adatum.example', see),
  };
};

import { expect, it } from 'vitest';
import { open } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What vendors tell us by themselves; it ends as it began. */
export const connectionCases = (world: () => World): void => {
  const { asDora } = visits(world);

  it('has Pax8 tell of changes, from the moment on at which that is turned on, and no longer than it is', () =>
    asDora(async ({ page }) => {
      const webhooks = () => world().platform.vendors.pax8.account('adatum-partner')?.webhooks ?? [];
      await open(page, 'Connections');
      const card = page.getByRole('region', { name: 'Pax8' });
      await card.getByRole('button', { name: 'Start events of Pax8' }).click();
      await card.getByText('It has told nothing yet.').waitFor();
      await world().album.takeBoth(page, 'pax8-events');
      const [webhook] = webhooks();
      const tell = () =>
        fetch(webhook?.url ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: webhook?.authorization ?? '' },
          body: JSON.stringify({ payloadData: {} }),
        }).then(({ status }) => status);
      expect(await tell()).toBe(200);
      await page.reload();
      await card.getByText(/The last one: /).waitFor();
      await card.getByRole('button', { name: 'End events of Pax8' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'End events' }).click();
      await card.getByRole('button', { name: 'Start events of Pax8' }).waitFor();
      expect([webhooks(), await tell()]).toEqual([[], 401]);
    }));
};

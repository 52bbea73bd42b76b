import { expect, it } from 'vitest';
import { columnOf, open, settled, soon } from './person.ts';
import { visits } from './visits.ts';
import type { World } from './world.ts';

/** What people are told of by mail and in Teams, and how they choose it. */
export const noticeCases = (world: () => World): void => {
  const { asAda, visit } = visits(world);
  // Every tenant is looked through in the next seconds, and not when its turn comes.
  const lookNow = () => world().changeBilling("update billing.notice_sweeps set next_at = now() - interval '1 day'");

  it('a channel of Teams is connected once a card was taken there, and then gets what comes up', () =>
    asAda(async ({ page }) => {
      const { teams } = world().platform.vendors;
      const channel = 'Northwind billing';
      await open(page, 'Notices');
      const section = page.getByRole('region', { name: 'Teams' });
      await section.getByText('Not connected').waitFor();
      const address = section.getByLabel('Address of the workflow');
      await address.fill('https://evil.example/workflows');
      await section.getByRole('button', { name: 'Connect Teams' }).click();
      await section.getByText('This is no address of a workflow of Teams').first().waitFor();
      await world().album.takeBoth(page, 'teams-refused');
      await address.fill(teams.webhookOf(channel));
      await section.getByRole('button', { name: 'Connect Teams' }).click();
      await section.getByText('Connected', { exact: true }).first().waitFor();
      expect(teams.cards(channel)[0]?.text).toContain('Notices of LegendOps come here from now on');
      await section.getByLabel('Variances').uncheck();
      await section.getByRole('button', { name: 'Save kinds' }).click();
      await page.reload();
      await settled(page);
      expect(await section.getByLabel('Variances').isChecked()).toBe(false);
      expect(await section.getByLabel('Failures').isChecked()).toBe(true);
      expect(await page.getByRole('main').innerHTML()).not.toContain('sig=');
      await world().changeBilling(
        `insert into billing.exceptions (tenant_id, subject_key, code, customer_id, detail, next_step, period, amount_minor, currency)
         select c.tenant_id, 'notices', 'price.missing', c.id, 'Archive seats have no price',
           'Press “Add rule” under “Prices”', '2026-10-01', 12345, 'USD'
         from billing.customers c join app.tenants t on t.id = c.tenant_id
         where t.name = 'northwind' and c.name = 'Fabrikam Robotics'`,
      );
      await lookNow();
      await expect.poll(() => teams.cards(channel)[0]?.text, soon).toContain('Archive seats have no price');
      await page.reload();
      await settled(page);
      const row = page
        .getByRole('table', { name: 'Last notices' })
        .getByRole('row')
        .filter({ hasText: 'Archive seats' });
      await row.getByText('Fabrikam Robotics, October 2026, $123.45').waitFor();
      await world().album.takeBoth(page, 'notices');
      await row.getByRole('link', { name: 'No price' }).click();
      await page.getByRole('heading', { level: 1, name: 'Prices' }).waitFor();
      await world().changeBilling("update billing.exceptions set resolved_at = now() where subject_key = 'notices'");
    }));

  it('what was given up is sent again by a person', () =>
    asAda(async ({ page }) => {
      // Of a kind that Teams is not told: the one card of it is that which was given up.
      await world().changeBilling(
        `insert into billing.exceptions (tenant_id, subject_key, code, detail, next_step, amount_minor, currency)
         select t.id, 'given-up', 'variance.price', 'Pax8 bills another cost of tapes', 'Press “Dismiss”', 100, 'USD'
         from app.tenants t where t.name = 'northwind'`,
      );
      await lookNow();
      await open(page, 'Notices');
      const row = page
        .getByRole('table', { name: 'Last notices' })
        .getByRole('row')
        .filter({ hasText: 'cost of tapes' });
      await expect
        .poll(async () => {
          await page.reload();
          await settled(page);
          return row.count();
        }, soon)
        .toBe(1);
      await world().changeBilling(`
        with message as (
          insert into billing.notice_messages (tenant_id, channel, state, attempts, failures, next_attempt_at, failure, settled_at)
          select tenant_id, 'teams', 'dead', 30, 30, now(), 'Teams answered 503', now() from billing.notices
          where detail like '%cost of tapes%' and cleared_at is null returning tenant_id, id)
        insert into billing.notice_items (tenant_id, message_id, notice_id)
        select m.tenant_id, m.id, n.id from message m join billing.notices n
          on n.tenant_id = m.tenant_id and n.detail like '%cost of tapes%' and n.cleared_at is null`);
      await page.reload();
      await settled(page);
      await row.getByText('Not all arrived').waitFor();
      await world().album.takeBoth(page, 'notices-given-up');
      await row.getByRole('button', { name: /^Send again/ }).click();
      const question = page.getByRole('dialog', { name: 'Send this notice again?' });
      await question.getByRole('button', { name: 'Send again' }).click();
      await question.waitFor({ state: 'detached' });
      await row.getByText(/Teams: (waits|sent)/).waitFor();
      expect(await row.getByRole('button', { name: /^Send again/ }).count()).toBe(0);
      await world().changeBilling("update billing.exceptions set resolved_at = now() where subject_key = 'given-up'");
    }));

  it('whoever sees billing chooses what they get by mail, and connects no channel', () =>
    visit('ben@northwind.example', async ({ page }) => {
      await open(page, 'Notices');
      const mail = page.getByRole('region', { name: 'Your mail' });
      await mail.getByLabel('Failures').selectOption('In the mail of the day');
      await mail.getByRole('button', { name: 'Save choices' }).click();
      await mail.getByText('Saved: it holds from the next mail on').waitFor();
      await page.reload();
      await settled(page);
      expect(await mail.getByLabel('Failures').inputValue()).toBe('daily');
      const teams = page.getByRole('region', { name: 'Teams' });
      expect(await teams.getByRole('button').count()).toBe(0);
      expect(await teams.getByLabel('Failures').isDisabled()).toBe(true);
      await expect.poll(() => columnOf(page, 'Last notices', 'What'), soon).not.toEqual([]);
      await mail.getByLabel('Failures').selectOption('Not at all');
      await mail.getByRole('button', { name: 'Save choices' }).click();
      await mail.getByText('Saved: it holds from the next mail on').waitFor();
    }));

  it('a channel that is disconnected gets nothing any more', () =>
    asAda(async ({ page }) => {
      await open(page, 'Notices');
      const section = page.getByRole('region', { name: 'Teams' });
      await section.getByRole('button', { name: 'Disconnect Teams' }).click();
      const question = page.getByRole('dialog', { name: 'Disconnect Teams?' });
      await question.getByRole('button', { name: 'Disconnect Teams' }).click();
      await question.waitFor({ state: 'detached' });
      await section.getByText('Not connected').waitFor();
    }));
};

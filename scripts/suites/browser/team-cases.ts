import { expect, it } from 'vitest';
import { aPerson, open, refusal, signInByLink } from './person.ts';
import { requestsOf } from './requests.ts';
import type { World } from './world.ts';

/** An administrator who keeps the list of people true. */
export const teamCases = (world: () => World): void => {
  it('puts a person out and lets them in again, and calls an invitation back', async () => {
    const { browser, album, platform } = world();
    const { gateway } = platform.endpoints;
    const ada = await aPerson(browser);
    const ben = await aPerson(browser);
    await signInByLink(ada, gateway, 'ada@northwind.example');
    await signInByLink(ben, gateway, 'ben@northwind.example');
    await open(ada.page, 'Team');
    const row = ada.page.getByRole('row', { name: /ben@northwind\.example/ });
    const act = async (name: string): Promise<void> => {
      await row.getByRole('button', { name }).click();
      await ada.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    };
    await act('Disable');
    await row.getByText('Disabled').waitFor();
    await album.takeBoth(ada.page, 'member-disabled');
    // His token is refused from now on, and there is no other.
    await ben.page.goto(gateway);
    await ben.page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    await act('Enable');
    await row.getByText('Active').waitFor();
    await signInByLink(ben, gateway, 'ben@northwind.example');
    await open(ben.page, 'Invoices');

    await ada.page.getByRole('button', { name: 'Invite' }).click();
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Nia New');
    await dialog.getByLabel('E-mail').fill('nia@northwind.example');
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    const invitation = ada.page.getByRole('row', { name: /nia@northwind\.example/ });
    await invitation.getByText('Sent', { exact: true }).waitFor();
    await album.takeBoth(ada.page, 'invitation-sent');

    await invitation.getByRole('button', { name: /Revoke/ }).click();
    const confirm = dialog.getByRole('button', { name: 'Revoke', exact: true });
    // Changed by somebody else between the look and the act, as by the mailer.
    await ada.page.route('**/v1/invitations/*', (route) => route.fulfill(refusal(412, 'version.stale')), { times: 1 });
    await confirm.click();
    await dialog.getByRole('alert').getByText('version.stale').waitFor();
    await album.takeBoth(ada.page, 'invitation-not-revoked');
    await confirm.click();
    await invitation.waitFor({ state: 'detached' });
    await album.takeBoth(ada.page, 'invitation-revoked');
    await ada.leave();
    await ben.leave();
  });

  it('gives a person another role, which holds at once, and keeps the last administrator', async () => {
    const { browser, album, platform } = world();
    const { gateway } = platform.endpoints;
    const ada = await aPerson(browser);
    const sam = await aPerson(browser);
    await signInByLink(ada, gateway, 'ada@northwind.example');
    await signInByLink(sam, gateway, 'sam@northwind.example');
    await open(ada.page, 'Team');
    const rowOf = (email: string) =>
      ada.page.getByRole('row', { name: new RegExp(email.replaceAll('.', String.raw`\.`)) });
    const dialog = ada.page.getByRole('dialog');
    const role = dialog.getByLabel('New role');
    const confirm = dialog.getByRole('button', { name: 'Change role', exact: true });
    const ask = (email: string) =>
      rowOf(email)
        .getByRole('button', { name: /^Change the role of/ })
        .click();

    await ask('ada@northwind.example');
    await role.selectOption({ label: 'Billing viewer' });
    await dialog.getByText('This is you.').waitFor();
    await confirm.click();
    await dialog.getByRole('alert').getByText('First give somebody else the role Administrator').waitFor();
    await album.takeBoth(ada.page, 'last-administrator');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await ada.page.getByRole('button', { name: 'Discard' }).click();

    const requests = requestsOf(ada.page);
    await ask('sam@northwind.example');
    await confirm.click();
    await role.selectOption({ label: 'Billing viewer' });
    await dialog.getByText('Sees billing, changes nothing.').waitFor();
    await album.takeBoth(ada.page, 'change-role');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await rowOf('sam@northwind.example').getByRole('cell', { name: 'Billing viewer', exact: true }).waitFor();
    expect(requests.filter((request) => request.startsWith('PATCH '))).toHaveLength(1);
    await sam.page.goto(gateway);
    await sam.page.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    await signInByLink(sam, gateway, 'sam@northwind.example');
    await open(sam.page, 'Invoices');

    await ask('sam@northwind.example');
    await role.selectOption({ label: 'Guest' });
    await dialog.getByLabel('Customer').fill('wingtip');
    await dialog.getByRole('option', { name: 'Wingtip Clinics' }).click();
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await rowOf('sam@northwind.example').getByRole('cell', { name: 'Guest Wingtip Clinics' }).waitFor();
    await album.takeBoth(ada.page, 'role-changed');
    await ask('sam@northwind.example');
    await role.selectOption({ label: 'Support' });
    await confirm.click();
    await rowOf('sam@northwind.example').getByRole('cell', { name: 'Support', exact: true }).waitFor();
    expect(ada.complaints).toEqual([]);
    await ada.leave();
    await sam.leave();
  });
};

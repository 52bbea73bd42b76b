import { describe, expect, test } from 'vitest';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, tenants } from '@legendops/tenant-operator/api/tenant';
import { claimOf, newTenantId } from '@legendops/tenant-operator/api/tenant-id';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld, Spec } from './tenants-in-world.ts';

/** Who a Tenant is: what the registry has for its uid, and nothing that can be copied with it. */
export const identityCases = (world: () => World, t: InWorld): void => {
  const deleted = async (name: string): Promise<void> => {
    await t.remove(name);
    await t.gone(name);
  };
  /** As a backup tool restores it: with its annotations, and its status, as they were. */
  const restored = async (name: string, like: string, spec: Spec = {}): Promise<void> => {
    const { metadata, status } = (await t.read(like)) ?? { metadata: { annotations: {} } };
    await restoredFrom(name, { annotations: metadata.annotations ?? {}, status }, spec);
  };
  const restoredFrom = async (
    name: string,
    { annotations: annotated, status }: { annotations: Record<string, string>; status: object | undefined },
    spec: Spec = {},
  ): Promise<void> => {
    await t.apply(name, spec, { ...annotated, [annotations.paused]: 'true' });
    await t.reason(name, 'Ready', 'Paused');
    await world().kube.mergePatch<KubeObject>(tenants, { name }, { status }, { subresource: 'status' });
    await t.apply(name, spec, annotated);
  };

  describe('what is copied with a Tenant is not believed', () => {
    test('a clone with its status is a tenant of its own', async () => {
      const original = await t.created('with-status');
      await restored('cloned', 'with-status');
      const id = await eventually('it has an id of its own', async () => {
        const { status } = await t.ready('cloned');
        return status?.tenantId !== original && status?.tenantId;
      });
      expect((await t.registryRows('cloned')).map((row) => row?.id)).toEqual([id, id, id, id]);
      expect(await t.logIn(await t.databaseSecret('cloned'))).toBe(id);
      expect(await t.logIn(await t.databaseSecret('with-status'))).toBe(original);
    });

    test('one that is restored with its status where its tenant is retained says what to do, and shows no id', async () => {
      const id = await t.created('restored');
      const tenant = await t.read('restored');
      const backup = { annotations: tenant?.metadata.annotations ?? {}, status: tenant?.status };
      await deleted('restored');
      await restoredFrom('restored', backup);
      expect((await t.reason('restored', 'Registered', 'NameTaken')).message).toContain(`${annotations.adopt}=${id}`);
      await eventually('its status has no id', async () => {
        const { status } = (await t.read('restored')) ?? {};
        return status?.tenantId === undefined && status?.database === undefined;
      });
      await t.apply('restored', {}, { ...backup.annotations, [annotations.adopt]: id });
      const adopted = await t.ready('restored');
      expect(adopted.status?.tenantId).toBe(id);
      await eventually('it claims the id that it has', async () => {
        const found = await t.read('restored');
        return found && claimOf(found) === id;
      });
    });

    test('one that was refused undoes nothing of the tenant whose status it has', async () => {
      const victim = await t.created('kept-whole');
      await deleted('kept-whole');
      await t.apply('kept-whole', { deletionPolicy: 'Delete' }, { [annotations.paused]: 'true' });
      await t.reason('kept-whole', 'Ready', 'Paused');
      const forged = { status: { tenantId: victim } };
      await world().kube.mergePatch<KubeObject>(tenants, { name: 'kept-whole' }, forged, { subresource: 'status' });
      await t.apply('kept-whole', { deletionPolicy: 'Delete' });
      await t.reason('kept-whole', 'Registered', 'NameTaken');
      await deleted('kept-whole');
      expect((await t.registryRows('kept-whole')).map((row) => [row?.id, row?.state])).toEqual(
        Array.from({ length: 4 }, () => [victim, 'retained']),
      );
    });
  });

  describe('an adoption', () => {
    test('of money in another currency is refused, and both are named; a time zone may differ', async () => {
      const id = await t.created('euros', { billing: { currency: 'EUR', timeZone: 'Europe/Berlin' } });
      await deleted('euros');
      await t.apply('euros', {}, { [annotations.adopt]: id });
      const { message } = await t.reason('euros', 'Registered', 'CurrencyDiffers');
      expect(message).toMatch(/EUR.*USD/);
      expect((await t.registryRows('euros'))[0]).toMatchObject({ state: 'retained', settings: { currency: 'EUR' } });
      await deleted('euros');
      await t.apply('euros', { billing: { currency: 'EUR' } }, { [annotations.adopt]: id });
      expect((await t.ready('euros')).status?.tenantId).toBe(id);
      expect((await t.registryRows('euros'))[2]).toMatchObject({ settings: { currency: 'EUR', timeZone: 'UTC' } });
    });

    test('under another name is refused: a tenant keeps its name', async () => {
      const id = await t.created('its-name');
      await deleted('its-name');
      await t.apply('another-name', {}, { [annotations.adopt]: id });
      expect((await t.reason('another-name', 'Registered', 'NothingToAdopt')).message).toContain('its-name');
      expect(await t.registryRows('another-name')).toEqual([undefined, undefined, undefined, undefined]);
      await t.apply('another-name', {});
      expect((await t.ready('another-name')).status?.tenantId).not.toBe(id);
    });

    test('an adoption that is no id makes no new tenant, until it is corrected; one that is made heeds it no more', async () => {
      const malformed = { [annotations.adopt]: '01a224ae-8e05-74b2-94bd-43170d134b8' };
      await t.apply('mistyped', {}, malformed);
      const { message } = await t.reason('mistyped', 'Registered', 'NothingToAdopt');
      expect(message).toContain('"01a224ae-8e05-74b2-94bd-43170d134b8", which is no id of a tenant');
      expect((await t.registryRows('mistyped')).filter(Boolean)).toEqual([]);
      await t.apply('mistyped', {});
      await t.ready('mistyped');
      await t.apply('mistyped', { displayName: 'Another' }, malformed);
      await eventually('it is changed', async () =>
        (await t.registryRows('mistyped')).every((row) => row?.display_name === 'Another'),
      );
      await t.ready('mistyped');
    });

    test('of a tenant that is not there makes no empty one', async () => {
      const id = newTenantId();
      await t.apply('nothing-there', {}, { [annotations.adopt]: id });
      const { message } = await t.reason('nothing-there', 'Registered', 'NothingToAdopt');
      expect(message).toContain(`There is no tenant ${id}`);
      expect(await t.registryRows('nothing-there')).toEqual([undefined, undefined, undefined, undefined]);
    });

    test('where one database has the name for another tenant: said, with both ids', async () => {
      const id = await t.created('two-truths');
      await deleted('two-truths');
      const other = newTenantId();
      await world().databases.query('catalog_db', "update app.tenants set id = $1 where name = 'two-truths'", [other]);
      await t.apply('two-truths', {}, { [annotations.adopt]: id });
      const { message } = await t.reason('two-truths', 'Registered', 'RegistriesDiffer');
      expect(message).toContain(id);
      expect(message).toContain(`catalog_db has two-truths as ${other}`);
      await world().databases.query('catalog_db', "update app.tenants set id = $1 where name = 'two-truths'", [id]);
      await t.ready('two-truths');
    });
  });
};

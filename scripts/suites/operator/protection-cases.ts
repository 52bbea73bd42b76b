import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { kubectlCommand, runCommand } from '../../kubernetes/testing/cluster.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const said = 'the Tenant is protected: set spec.deletionProtection to false first';

/** A deletion by a slip is met at the door; behind it nothing could be taken back. */
export const protectionCases = (world: () => World, t: InWorld): void => {
  const kubectl = async (...args: string[]) => {
    const kubeconfig = join(world().directory, 'kubeconfig-of-protection');
    await writeFile(kubeconfig, world().kubeconfig);
    return runCommand([...(kubectlCommand() ?? []), '--kubeconfig', kubeconfig, ...args]);
  };
  const isWhole = async (name: string): Promise<void> => {
    const tenant = await t.read(name);
    expect(tenant?.metadata.deletionTimestamp).toBeUndefined();
    expect(await t.logIn(await t.databaseSecret(name))).toBe(tenant?.status?.tenantId);
  };

  describe('a protected tenant', () => {
    test('is not deleted, and goes when the protection is taken away', async () => {
      await t.created('protected', { deletionProtection: true });
      await expect(t.remove('protected')).rejects.toThrow(said);
      await isWhole('protected');
      await t.apply('protected', { deletionProtection: false });
      await t.remove('protected');
      await t.gone('protected');
    });

    test.runIf(kubectlCommand())(
      'kubectl delete says why, of one and of all, and an unprotected one goes',
      async () => {
        await t.created('protected-too', { deletionProtection: true });
        await t.created('unprotected');
        const { code, stderr } = await kubectl('delete', 'tenant', 'protected-too', '--wait=false');
        expect(code).not.toBe(0);
        expect(stderr).toContain(said);
        const some = await kubectl('delete', 'tenants', 'protected-too', 'unprotected', '--wait=false');
        expect(some.stderr).toContain(said);
        await t.gone('unprotected');
        await isWhole('protected-too');
        await t.apply('protected-too', {});
        await eventually(
          'the protection is off',
          async () => (await t.read('protected-too'))?.spec.deletionProtection === false,
        );
      },
    );
  });
};

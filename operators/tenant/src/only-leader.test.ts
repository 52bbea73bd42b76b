import { KubeConfig } from '@kubernetes/client-node';
import { kubeClient } from '@legendops/operator-runtime/client/kube-client';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forEachDatabase } from '@legendops/kit/config/databases';
import { newPassword, scramVerifier } from '@legendops/kit/config/scram-verifier';
import { slots } from './api/tenant.ts';
import type { VaultWriter } from './api/vendors.ts';
import { onlyLeader, passing, type Outside } from './only-leader.ts';
import { databaseTimeOf } from './postgres/database-time.ts';
import { createLogins, loginOf, type Logins, type LoginState } from './postgres/logins.ts';
import type { Provisioners, SqlClient } from './postgres/provisioners.ts';
import { isRead, reads } from './postgres/reads.ts';
import { createRegistry, type Registry } from './postgres/registry.ts';
import { aTenant } from './testing/a-tenant.ts';
import { vaultClients } from './vault/vault-clients.ts';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromClusterAndUser({ name: 'c', server: 'https://127.0.0.1:1', skipTLSVerify: true }, { name: 'u' });

const tenantId = '01980000-0000-7000-8000-000000000001';
/** A row of whatever was asked: logins that are there and open, and a time. */
const rows = slots.map((slot) => ({
  rolname: loginOf(tenantId, slot),
  rolcanlogin: true,
  settings: [],
  memberships: [],
  administered_by: ['provisioner_00'],
  closing_by: [],
  dependents: 0,
  now: new Date(0),
}));
/** Every statement that reaches the database. */
const sent: string[] = [];
const client: SqlClient = {
  query: async (statement) => {
    sent.push(typeof statement === 'string' ? statement : statement.text);
    return { rows, rowCount: rows.length, command: '', oid: 0, fields: [] } as never;
  },
};
const provisioners: Provisioners = {
  of: () => 'provisioner_00',
  registrar: 'provisioner_00',
  on: (_provisioner, _database, work) => work(client),
  close: async () => undefined,
};

let verifier: string;
let outside: Outside;
let fenced: Outside;
let leads = false;
beforeAll(async () => {
  verifier = await scramVerifier(newPassword());
  const credential = { getToken: async () => null };
  const vaultUrls = {
    operator: 'https://operator.vault.example',
    billing: 'https://billing.vault.example',
    portal: 'https://portal.vault.example',
  };
  outside = {
    kube: await kubeClient(kubeConfig),
    provisioners,
    vaults: vaultClients({ vaultUrls, vaultIsLocal: false }, credential),
  };
  fenced = onlyLeader(() => leads, outside);
});
afterAll(() => outside.kube.close());

/** Every method of an object, those of its class as well. */
const methodsOf = (object: object): string[] => {
  const own = Object.getOwnPropertyNames(object);
  const ofClass = Object.getOwnPropertyNames(Object.getPrototypeOf(object));
  return [...own, ...ofClass].filter(
    (name) => name !== 'constructor' && !(name in Object.prototype) && typeof Reflect.get(object, name) === 'function',
  );
};
const call = async (object: object, method: string): Promise<unknown> =>
  (Reflect.get(object, method) as (...none: unknown[]) => unknown)();

interface Part {
  of: (one: Outside) => object;
  /** The same outside with another in this place. */
  replaced: (by: never) => Outside;
  reads: readonly string[];
}
const vaultPart = (writer: VaultWriter): Part => ({
  of: ({ vaults }) => vaults[writer],
  replaced: (by) => ({ ...outside, vaults: { ...outside.vaults, [writer]: by } }),
  reads: passing.vaults,
});
const parts: Record<string, Part> = {
  kube: { of: ({ kube }) => kube, replaced: (kube) => ({ ...outside, kube }), reads: passing.kube },
  provisioners: {
    of: (one) => one.provisioners,
    replaced: (by) => ({ ...outside, provisioners: by }),
    reads: passing.provisioners,
  },
  'the vault of operator': vaultPart('operator'),
  'the vault of billing': vaultPart('billing'),
  'the vault of portal': vaultPart('portal'),
};

describe.each(Object.entries(parts))('%s without the lease', (name, part) => {
  test('every method that is not named a read is refused', async () => {
    const writes = methodsOf(part.of(outside)).filter((method) => !part.reads.includes(method));
    const refused: string[] = [];
    for (const method of writes)
      await call(part.of(fenced), method).catch(
        (error: unknown) => error instanceof NotLeading && refused.push(method),
      );
    expect(refused).toEqual(writes);
    if (name !== 'provisioners') expect(writes.length).toBeGreaterThan(4);
  });

  test('every read has a method of its name', () => {
    expect(methodsOf(part.of(outside))).toEqual(expect.arrayContaining([...part.reads]));
  });

  test('one that nobody has thought of yet is refused', async () => {
    const wider = Object.assign(Object.create(part.of(outside)) as object, { erase: () => 'erased' });
    const widened = onlyLeader(() => false, part.replaced(wider as never));
    await expect(call(part.of(widened), 'erase')).rejects.toBeInstanceOf(NotLeading);
  });
});

describe('SQL without the lease', () => {
  const send = (text: string) =>
    fenced.provisioners.on('provisioner_00', 'billing_db', (fencedClient) => fencedClient.query(text));

  test.each(Object.entries(reads))('%s passes', async (_name, text) => {
    await send(text);
    expect(sent.at(-1)).toBe(text);
  });

  test.each([
    'begin',
    'commit',
    "alter role t_x_a password 'y'",
    'select app.erase_everything($1)',
    `${reads.databaseTime}; drop role t_x_a`,
    reads.databaseTime.toUpperCase(),
    '',
  ])('%j is refused', async (text) => {
    const before = sent.length;
    await expect(send(text)).rejects.toBeInstanceOf(NotLeading);
    expect(sent.length).toBe(before);
  });

  const registry = () => createRegistry(fenced.provisioners);
  const logins = () =>
    createLogins(
      fenced.provisioners,
      { databaseUrls: forEachDatabase(() => 'postgres://127.0.0.1:1/x') },
      'billing_db',
    );
  const { spec } = aTenant();
  const registration = { name: 'a', ownerUid: 'u', spec, cluster: 'c' };
  const missing: LoginState = {
    exists: false,
    canLogin: false,
    isClosing: false,
    differences: { repairs: ['inherit'], excess: [] },
    administrator: undefined,
  };

  const looks: Record<string, () => Promise<unknown>> = {
    ownedBy: () => registry().ownedBy('portal_db', 'u'),
    integrationStates: () => registry().integrationStates([tenantId]),
    observe: () => logins().observe(tenantId),
    databaseTime: () => databaseTimeOf(fenced.provisioners)(),
  };
  const writes: Record<
    Exclude<keyof Registry | keyof Logins, 'ownedBy' | 'integrationStates' | 'observe' | 'opens'>,
    () => Promise<unknown>
  > = {
    register: () => registry().register('portal_db', tenantId, registration),
    seeCluster: () => registry().seeCluster('c'),
    setDirectories: () => registry().setDirectories(tenantId, []),
    inviteAdmins: () => registry().inviteAdmins(tenantId, []),
    setState: () => registry().setState('portal_db', tenantId, 'u', 'active'),
    remove: () => registry().remove('portal_db', tenantId, 'u'),
    createBoth: () => logins().createBoth(tenantId, { a: missing, b: missing }),
    repair: () => logins().repair(tenantId, 'a', missing),
    enable: () => logins().enable(tenantId, 'a', { verifier, state: missing }),
    disable: () => logins().disable(tenantId, 'a'),
    dropBoth: () => logins().dropBoth(tenantId),
  };

  test.each(Object.entries(looks))('what only looks gets through: %s', async (_name, look) => {
    sent.length = 0;
    await look();
    expect(sent.length).toBe(1);
  });

  test.each(Object.entries(writes))('whatever writes does not: %s', async (_name, write) => {
    sent.length = 0;
    await expect(write()).rejects.toBeInstanceOf(NotLeading);
    expect(sent.filter((text) => !isRead(text))).toEqual([]);
  });

  test('a process that loses the lease in the middle of a piece of work sends no further write of it', async () => {
    sent.length = 0;
    leads = true;
    const work = fenced.provisioners.on('provisioner_00', 'billing_db', async (fencedClient) => {
      await fencedClient.query('begin');
      leads = false;
      await fencedClient.query(reads.databaseTime);
      await fencedClient.query('commit');
    });
    await expect(work).rejects.toBeInstanceOf(NotLeading);
    expect(sent).toEqual(['begin', reads.databaseTime]);
  });
});

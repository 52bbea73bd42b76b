import { annotations } from '@legendops/tenant-operator/api/tenant';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { rotate, type InWorld, type Spec } from './tenants-in-world.ts';

/** One change of a tenant, from what is there before to what must be there in the end. */
export interface Scenario {
  what: string;
  /** What the tenant is before; absent: it does not exist. */
  before?: Spec;
  /** What a person does. */
  act: (t: InWorld, name: string) => Promise<unknown>;
  isOver: (t: InWorld, name: string) => Promise<boolean>;
  /** The tenant's jobs have a login before, and must have one at every moment. */
  keepsLogin: boolean;
  /** How far the operator's clock runs ahead. */
  aheadMs?: number;
  /** Rotated once before. */
  isRotated?: boolean;
}

const lostCluster = '0c1a5e00-0000-4000-8000-000000000001';
const admins = [{ email: 'ada@northwind.example', name: 'Ada' }];
const changed: Spec = {
  displayName: 'Contoso',
  state: 'Suspended',
  limits: { customers: 7 },
  namespace: { quota: { cpu: '3', memory: '3Gi', pods: 3 } },
  billing: { currency: 'USD', timeZone: 'Europe/Berlin', usageSync: { schedule: '1 1 * * *' } },
};
export const isReady = async (t: InWorld, name: string): Promise<boolean> => {
  const tenant = await t.read(name);
  const ready = t.conditionOf(tenant, 'Ready');
  return ready?.status === 'True' && ready.observedGeneration === tenant?.metadata.generation;
};
const isGone = async (t: InWorld, name: string): Promise<boolean> => !(await t.read(name));
const usesSlot = (slot: string) => async (t: InWorld, name: string) =>
  (await isReady(t, name)) && (await t.read(name))?.status?.database?.activeSlot === slot;

export const scenarios: readonly Scenario[] = [
  { what: 'a creation', act: (t, name) => t.apply(name, { admins }), isOver: isReady, keepsLogin: false },
  { what: 'a change', before: {}, act: (t, name) => t.apply(name, changed), isOver: isReady, keepsLogin: true },
  {
    what: 'a rotation',
    before: {},
    act: (t, name) => t.apply(name, {}, rotate('1')),
    isOver: usesSlot('b'),
    keepsLogin: true,
  },
  {
    what: 'the end of the grace',
    before: {},
    isRotated: true,
    aheadMs: 61 * 60_000,
    act: async () => undefined,
    isOver: async (t, name) => (await t.openSlots((await t.read(name))?.status?.tenantId ?? '')).join() === 'b',
    keepsLogin: true,
  },
  {
    what: 'a second rotation after the grace',
    before: {},
    isRotated: true,
    aheadMs: 61 * 60_000,
    act: (t, name) => t.apply(name, {}, rotate('2')),
    isOver: usesSlot('a'),
    keepsLogin: true,
  },
  {
    what: 'an adoption from a lost cluster',
    before: { admins },
    act: async (t, name) => {
      await t.createdElsewhere(name, lostCluster);
      await t.apply(name, { admins }, { [annotations.adoptFromLostCluster]: lostCluster });
    },
    isOver: usesSlot('b'),
    keepsLogin: true,
  },
  {
    what: 'a deletion that retains',
    before: { deletionPolicy: 'Retain', admins },
    act: (t, name) => t.remove(name),
    isOver: isGone,
    keepsLogin: false,
  },
  {
    what: 'a deletion that deletes',
    before: { deletionPolicy: 'Delete', admins },
    act: (t, name) => t.remove(name),
    isOver: isGone,
    keepsLogin: false,
  },
];

// Changes of roles wait for each other in PostgreSQL, and for those of a process that sleeps, until the server ends it.
const settlesWithinMs = 90_000;

/** Passes of new processes until it is over: each has nothing in memory, as after a restart. */
export const settle = async (world: World, t: InWorld, name: string, isOver: Scenario['isOver']): Promise<void> => {
  const operator = await world.newProcess();
  try {
    const look = async (): Promise<boolean> => {
      await operator.pass(name).catch(() => undefined);
      return isOver(t, name);
    };
    await eventually(`${name} settles`, look, { withinMs: settlesWithinMs });
    // What waits for nothing but another look, such as the end of a close that broke off.
    if (await t.read(name)) await operator.pass(name);
  } finally {
    await operator.end();
  }
};

export const prepare = async (world: World, t: InWorld, name: string, scenario: Scenario): Promise<void> => {
  if (!scenario.before) return;
  await t.apply(name, scenario.before);
  await settle(world, t, name, isReady);
  if (!scenario.isRotated) return;
  await t.apply(name, scenario.before, rotate('1'));
  await settle(world, t, name, usesSlot('b'));
};

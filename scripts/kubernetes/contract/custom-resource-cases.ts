import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Cluster } from '../testing/cluster.ts';
import { aTenant, causesOf, definitionsPath, mergePatch, messagesOf, tenantsPath } from './paths.ts';

const unchecked =
  '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** What is wrong, and all that must be said of it. */
const refusals: [string, object, string[]][] = [
  [
    'an empty name',
    { displayName: '' },
    ['spec.displayName: Invalid value: "": spec.displayName in body should be at least 1 chars long'],
  ],
  [
    'a name that is too long',
    { displayName: 'x'.repeat(129) },
    ['spec.displayName: Too long: may not be more than 128 bytes', unchecked],
  ],
  ['a missing currency', { billing: {} }, ['spec.billing.currency: Required value', unchecked]],
  [
    'a currency in small letters',
    { billing: { currency: 'usd' } },
    [`spec.billing.currency: Invalid value: "usd": spec.billing.currency in body should match '^[A-Z]{3}$'`],
  ],
  [
    'an unknown state',
    { state: 'Sleeping' },
    ['spec.state: Unsupported value: "Sleeping": supported values: "Active", "Suspended"', unchecked],
  ],
  [
    'a number that is too small',
    { limits: { customers: 0 } },
    ['spec.limits.customers: Invalid value: 0: spec.limits.customers in body should be greater than or equal to 1'],
  ],
  [
    'a number that is too large',
    { limits: { storageGiB: 10001 } },
    [
      'spec.limits.storageGiB: Invalid value: 10001: spec.limits.storageGiB in body should be less than or equal to 10000',
    ],
  ],
  [
    'a text for a number',
    { limits: { storageGiB: 'x' } },
    [
      'spec.limits.storageGiB: Invalid value: "string": spec.limits.storageGiB in body must be of type integer: "string"',
      unchecked,
    ],
  ],
  [
    'a number for a boolean',
    { billing: { currency: 'USD', reconcile: { suspend: 1 } } },
    [
      'spec.billing.reconcile.suspend: Invalid value: "integer": spec.billing.reconcile.suspend in body must be of type boolean: "integer"',
      unchecked,
    ],
  ],
  [
    'a list for an object',
    { credentials: [] },
    ['spec.credentials: Invalid value: "array": spec.credentials in body must be of type object: "array"', unchecked],
  ],
  [
    'a directory that is no id',
    { directories: ['x'] },
    ['spec.directories[0]: Invalid value: "x": spec.directories[0] in body should be at least 36 chars long'],
  ],
  [
    'a directory twice',
    { directories: Array(2).fill('11111111-1111-1111-1111-111111111111') },
    ['spec.directories[1]: Duplicate value: "11111111-1111-1111-1111-111111111111"'],
  ],
  [
    'six directories',
    { directories: [1, 2, 3, 4, 5, 6].map((n) => `1111111${n}-1111-1111-1111-111111111111`) },
    ['spec.directories: Too many: 6: must have at most 5 items', unchecked],
  ],
  [
    'an administrator twice',
    {
      admins: [
        { email: 'a@b', name: 'A' },
        { email: 'a@b', name: 'B' },
      ],
    },
    ['spec.admins[1]: Duplicate value: {"email":"a@b"}'],
  ],
  [
    'an administrator without a name',
    { admins: [{ email: 'a@b' }] },
    ['spec.admins[0].name: Required value', unchecked],
  ],
  [
    'spaces around the name',
    { displayName: ' x ' },
    [
      'spec.displayName: Invalid value: " x ": must not begin or end with a space or hold characters that cannot be seen',
    ],
  ],
  [
    'a rotation that is too quick',
    { credentials: { rotateEvery: '30m', grace: '1m' } },
    ['spec.credentials.rotateEvery: Invalid value: "30m": must be at least 1h'],
  ],
  [
    'a grace that is too long',
    { credentials: { grace: '48h' } },
    ['spec.credentials.grace: Invalid value: "48h": must be between 1m and 24h'],
  ],
  [
    'a grace that outlasts the password',
    { credentials: { rotateEvery: '1h', grace: '2h' } },
    ['spec.credentials: Invalid value: grace must not be longer than rotateEvery: the next change ends it'],
  ],
  [
    'a schedule of four fields',
    { billing: { currency: 'USD', usageSync: { schedule: '17 4 * *  ' } } },
    [
      `spec.billing.usageSync.schedule: Invalid value: "17 4 * *  ": spec.billing.usageSync.schedule in body should match '^([0-9*?/,\\-A-Za-z]+ ){4}[0-9*?/,\\-A-Za-z]+$'`,
    ],
  ],
  ...['30 2 6 * *', '30 * 6 * *', '30 4-23 6 * *', '30 6,3 6 * *', '30 4/2 6 * *'].map(
    (schedule): [string, object, string[]] => [
      `the run of the month in an hour that a clock may skip: ${schedule}`,
      { billing: { currency: 'USD', invoiceRun: { schedule } } },
      [
        `spec.billing.invoiceRun.schedule: Invalid value: "${schedule}": must start in the hours 4 to 22: one that summer time skips would lose the run of a month`,
      ],
    ],
  ),
];

export const customResourceCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  it.each(refusals)('refuses %s', async (_, spec, messages) => {
    const { status, body } = await call({ method: 'POST', path: tenantsPath, body: aTenant('refused', spec) });
    expect(status).toBe(422);
    expect(body.reason).toBe('Invalid');
    expect(messagesOf(body)).toEqual([...messages].sort());
    expect(body.message).toMatch(/^Tenant\.platform\.legendops\.io "refused" is invalid: /);
  });

  it('fills in defaults at every depth', async () => {
    const { body } = await call({ method: 'POST', path: tenantsPath, body: aTenant('custom-defaults') });
    expect(body.spec).toEqual({
      displayName: 'Northwind IT',
      directories: [],
      admins: [],
      state: 'Active',
      deletionProtection: false,
      deletionPolicy: 'Retain',
      limits: { customers: 500, storageGiB: 50, requestsPerMinute: 3000 },
      namespace: { quota: { cpu: '2', memory: '2Gi', pods: 10 } },
      billing: {
        currency: 'USD',
        timeZone: 'UTC',
        usageSync: { suspend: false },
        invoiceRun: { suspend: false },
        reconcile: { suspend: false },
        psaSync: { suspend: false },
      },
      credentials: { rotateEvery: '720h', grace: '1h' },
    });
  });

  it('replaces a null by its default, or by nothing', async () => {
    const { status, body } = await call({
      method: 'POST',
      path: tenantsPath,
      body: aTenant('custom-null', { state: null, billing: { currency: 'USD', psaSync: { schedule: null } } }),
    });
    expect(status).toBe(201);
    expect(body.spec.state).toBe('Active');
    expect(body.spec.billing.psaSync).toEqual({ suspend: false });
  });

  it('drops fields that it does not know, with a warning', async () => {
    const { status, body, headers } = await call({
      method: 'POST',
      path: tenantsPath,
      body: aTenant('custom-pruned', { color: 'red' }),
    });
    expect(status).toBe(201);
    expect(body.spec.color).toBeUndefined();
    expect(String(headers.warning)).toContain('unknown field \\"spec.color\\"');
  });

  it('refuses fields that it does not know when asked to be strict', async () => {
    const spec = { color: 'red', billing: { currency: 'USD', extra: {} } };
    const { status, body } = await call({
      method: 'POST',
      path: `${tenantsPath}?fieldValidation=Strict`,
      body: aTenant('custom-strict', spec),
    });
    expect(status).toBe(400);
    expect(body.message).toBe(
      'Tenant in version "v1alpha1" cannot be handled as a Tenant: strict decoding error: unknown field "spec.billing.extra", unknown field "spec.color"',
    );
  });

  it('refuses such fields in a patch in its own way', async () => {
    const { status, body } = await call({
      method: 'PATCH',
      path: `${tenantsPath}/custom-defaults?fieldValidation=Strict`,
      body: { spec: { color: 'red' } },
      contentType: mergePatch,
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual(['FieldValueInvalid patch']);
    expect(body.message).toContain('strict decoding error: unknown field "spec.color"');
  });

  it('holds a transition rule', async () => {
    const path = `${tenantsPath}/custom-defaults`;
    const { status, body } = await call({
      method: 'PATCH',
      path,
      body: { spec: { billing: { currency: 'EUR' } } },
      contentType: mergePatch,
    });
    expect(status).toBe(422);
    expect(messagesOf(body)).toEqual([
      'spec.billing.currency: Invalid value: "EUR": is immutable: invoices exist in it',
    ]);
  });

  it.each([
    ['a'.repeat(41), 'must have at most 40 characters'],
    ['a.b', 'must be a DNS label'],
  ])('holds rules over the name: %s', async (name, words) => {
    const { body } = await call({ method: 'POST', path: tenantsPath, body: aTenant(name) });
    expect(causesOf(body)).toEqual(['FieldValueInvalid <nil>']);
    expect(body.message).toContain(`is invalid: <nil>: Invalid value: metadata.name ${words}`);
  });

  it('validates the status too', async () => {
    const path = `${tenantsPath}/custom-defaults/status`;
    const { status, body } = await call({
      method: 'PATCH',
      path,
      body: { status: { conditions: [{ type: 'Ready', status: 'Maybe' }] } },
      contentType: mergePatch,
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toContain('FieldValueNotSupported status.conditions[0].status');
    expect(causesOf(body)).toContain('FieldValueRequired status.conditions[0].reason');
  });

  it('removes all objects of a definition with it', async () => {
    const name = 'widgets.contract.legendops.io';
    const schema = {
      type: 'object',
      properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    };
    const names = { plural: 'widgets', kind: 'Widget' };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name },
      spec: {
        group: 'contract.legendops.io',
        scope: 'Namespaced',
        names,
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    };
    const created = await call({ method: 'POST', path: definitionsPath, body: definition });
    expect(created.status).toBe(201);
    expect(created.body.spec.names).toMatchObject({ singular: 'widget', listKind: 'WidgetList' });
    const path = '/apis/contract.legendops.io/v1/namespaces/default/widgets';
    await eventually('widgets are served', async () => (await call({ path })).status === 200);
    const widget = {
      apiVersion: 'contract.legendops.io/v1',
      kind: 'Widget',
      metadata: { name: 'w' },
      spec: { any: { thing: [1] } },
    };
    await eventually(
      'a widget is made',
      async () => (await call({ method: 'POST', path, body: widget })).status === 201,
    );
    expect((await call({ path: `${path}/w` })).body.spec).toEqual({ any: { thing: [1] } });
    await call({ method: 'DELETE', path: `${definitionsPath}/${name}` });
    await eventually(
      'the definition is gone',
      async () => (await call({ path: `${definitionsPath}/${name}` })).status === 404,
    );
    await eventually('widgets are served no more', async () => (await call({ path })).status === 404);
  });
};

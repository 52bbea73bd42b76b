import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Body, Cluster } from '../testing/cluster.ts';
import { aCronJob, aTenant } from './paths.ts';

export const kubectlCases = (cluster: () => Cluster): void => {
  const folder = mkdtempSync(join(tmpdir(), 'legendops-contract-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, body: Body): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(body));
    return path;
  };
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await cluster().kubectl(args);
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await cluster().kubectl(args);
    expect(code).not.toBe(0);
    return stderr;
  };

  it('applies an object, and finds the same unchanged', async () => {
    const path = file('tenant.json', aTenant('kubectl-apply'));
    expect(await run('apply', '-f', path)).toBe('tenant.platform.legendops.io/kubectl-apply created');
    expect(await run('apply', '-f', path)).toBe('tenant.platform.legendops.io/kubectl-apply unchanged');
    const changed = file('tenant.json', aTenant('kubectl-apply', { state: 'Suspended' }));
    expect(await run('apply', '-f', changed)).toBe('tenant.platform.legendops.io/kubectl-apply configured');
    const without = file('tenant.json', aTenant('kubectl-apply'));
    await run('apply', '-f', without);
    expect(await run('get', 'tn', 'kubectl-apply', '-o', 'jsonpath={.spec.state}')).toBe('Active');
  });

  it('applies a list of objects', async () => {
    const items = [aTenant('kubectl-list-a'), aCronJob('kubectl-list-b')];
    const path = file('list.json', { apiVersion: 'v1', kind: 'List', items });
    expect((await run('apply', '-f', path)).split('\n').length).toBe(2);
    expect(await run('apply', '--server-side', '--force-conflicts', '-f', path)).toContain('serverside-applied');
  });

  it('applies on the server', async () => {
    const path = file('server.json', aTenant('kubectl-server'));
    expect(await run('apply', '--server-side', '-f', path)).toBe(
      'tenant.platform.legendops.io/kubectl-server serverside-applied',
    );
    const other = file('server.json', aTenant('kubectl-server', { displayName: 'Other' }));
    const error = await refused('apply', '--server-side', '--field-manager', 'other', '-f', other);
    expect(error).toContain('conflict with "kubectl": .spec.displayName');
    await run('apply', '--server-side', '--field-manager', 'other', '--force-conflicts', '-f', other);
    expect(await run('get', 'tn', 'kubectl-server', '-o', 'jsonpath={.spec.displayName}')).toBe('Other');
  });

  it('goes from applying here to applying there', async () => {
    const path = file('migrate.json', aTenant('kubectl-migrate', { state: 'Suspended' }));
    await run('apply', '-f', path);
    const next = file('migrate.json', aTenant('kubectl-migrate'));
    expect(await run('apply', '--server-side', '-f', next)).toContain('serverside-applied');
    expect(await run('get', 'tn', 'kubectl-migrate', '-o', 'jsonpath={.spec.state}')).toBe('Active');
  });

  it('applies built-in kinds by strategic patches', async () => {
    const cron = (args: string[]) => {
      const body = aCronJob('kubectl-cron');
      body.spec.jobTemplate.spec.template.spec.containers[0].args = args;
      return file('cron.json', body);
    };
    expect(await run('apply', '-f', cron(['a']))).toBe('cronjob.batch/kubectl-cron created');
    expect(await run('apply', '-f', cron(['a']))).toBe('cronjob.batch/kubectl-cron unchanged');
    expect(await run('apply', '-f', cron(['b']))).toBe('cronjob.batch/kubectl-cron configured');
    expect(
      await run(
        'get',
        'cj',
        'kubectl-cron',
        '-o',
        'jsonpath={.spec.jobTemplate.spec.template.spec.containers[0].args[0]}',
      ),
    ).toBe('b');
  });

  it('refuses what is wrong, field by field', async () => {
    const error = await refused(
      'apply',
      '-f',
      file('wrong.json', aTenant('kubectl-wrong', { state: 'Sleeping', limits: { customers: 0 } })),
    );
    expect(error).toContain('The Tenant "kubectl-wrong" is invalid');
    expect(error).toContain('* spec.state: Unsupported value: "Sleeping"');
    const unknown = await refused('apply', '-f', file('unknown.json', aTenant('kubectl-wrong', { color: 'red' })));
    expect(unknown).toContain('strict decoding error: unknown field "spec.color"');
  });

  it('shows tables', async () => {
    const lines = (await run('get', 'tenants', 'kubectl-apply')).split('\n');
    expect(lines[0]?.split(/ {2,}/)).toEqual([
      'NAME',
      'DISPLAY NAME',
      'STATE',
      'READY',
      'REASON',
      'JOBS',
      'INTEGRATIONS',
      'AGE',
    ]);
    expect(lines[1]).toMatch(/^kubectl-apply +Northwind IT +Active +\d+s$/);
    const wide = await run('get', 'legendops', 'kubectl-apply', '-o', 'wide').catch(() =>
      run('get', 'tn', 'kubectl-apply', '-o', 'wide'),
    );
    expect(wide.split('\n')[0]).toMatch(/NAMESPACE +SLOT +TENANT ID/);
  });

  it.each([
    'namespaces',
    'secrets',
    'configmaps',
    'serviceaccounts',
    'pods',
    'events',
    'resourcequotas',
    'limitranges',
    'services',
    'jobs',
    'cronjobs',
    'networkpolicies',
    'roles',
    'rolebindings',
    'leases',
    'crd',
  ])('lists %s everywhere', async (kind) => {
    expect((await cluster().kubectl(['get', kind, '-A'])).code).toBe(0);
  });

  it('explains a custom kind', async () => {
    const text = await run('explain', 'tenant.spec');
    expect(text).toContain('What the platform should do for this managed service provider.');
    expect(text).toMatch(/displayName\s+<string> -required-/);
    expect(text).toContain('enum: Active, Suspended');
    expect(await run('explain', 'tenant.spec.billing.usageSync')).toContain(
      "Five cron fields in the tenant's time zone.",
    );
  });

  it('explains a built-in kind', async () => {
    expect(await run('explain', 'cronjob.spec')).toMatch(/timeZone\s+<string>/);
    expect(await run('explain', 'pod.spec.containers')).toMatch(/volumeMounts\s+<\[\]VolumeMount>/);
  });

  it('describes an object', async () => {
    const text = await run('describe', 'tenant', 'kubectl-apply');
    expect(text).toMatch(/^Name: +kubectl-apply/);
    expect(text).toMatch(/Display Name: +Northwind IT/);
    expect(await run('describe', 'cj', 'kubectl-cron')).toMatch(/Schedule: +17 4 \* \* \*/);
  });

  it('waits for a condition', async () => {
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'Fine',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    await run(
      'patch',
      'tn',
      'kubectl-apply',
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status: { observedGeneration: 9, conditions: [condition] } }),
    );
    expect(await run('wait', '--for=condition=Ready', 'tn/kubectl-apply', '--timeout=10s')).toContain('condition met');
  });

  it('patches in three ways', async () => {
    await run('patch', 'tn', 'kubectl-apply', '--type=merge', '-p', '{"spec":{"displayName":"Merged"}}');
    await run(
      'patch',
      'tn',
      'kubectl-apply',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/deletionPolicy","value":"Delete"}]',
    );
    await run(
      'patch',
      'cj',
      'kubectl-cron',
      '-p',
      '{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"job","env":[{"name":"A","value":"1"}]}]}}}}}}',
    );
    expect(await run('get', 'tn', 'kubectl-apply', '-o', 'jsonpath={.spec.displayName} {.spec.deletionPolicy}')).toBe(
      'Merged Delete',
    );
    const path = '{.spec.jobTemplate.spec.template.spec.containers[0]}';
    expect(JSON.parse(await run('get', 'cj', 'kubectl-cron', '-o', `jsonpath=${path}`))).toMatchObject({
      args: ['b'],
      env: [{ name: 'A', value: '1' }],
    });
  });

  it('labels, annotates and edits', async () => {
    await run('label', 'tn', 'kubectl-apply', 'tier=gold');
    await run('annotate', 'tn', 'kubectl-apply', 'note=x');
    expect(await run('get', 'tn', '-l', 'tier=gold', '-o', 'name')).toBe('tenant.platform.legendops.io/kubectl-apply');
  });

  it.each([
    ['configmap', 'kubectl-map', ['--from-literal=a=b']],
    ['secret', 'generic', ['kubectl-secret', '--from-literal=a=b']],
    ['serviceaccount', 'kubectl-account', []],
    ['namespace', 'kubectl-space', []],
    ['role', 'kubectl-role', ['--verb=get', '--resource=pods']],
    ['quota', 'kubectl-quota', ['--hard=pods=3,cpu=1']],
    ['cronjob', 'kubectl-timer', ['--image=example.invalid/a:1', '--schedule=0 0 1 1 *']],
  ])('creates a %s from arguments', async (kind, name, more) => {
    expect(await run('create', kind, name, ...more)).toContain('created');
  });

  it('creates a Job from a CronJob', async () => {
    expect(await run('create', 'job', 'kubectl-job', '--from=cronjob/kubectl-cron')).toBe(
      'job.batch/kubectl-job created',
    );
    const job = JSON.parse(await run('get', 'job', 'kubectl-job', '-o', 'json'));
    expect(job.spec.template.spec.containers[0].args).toEqual(['b']);
    expect(job.metadata.annotations['cronjob.kubernetes.io/instantiate']).toBe('manual');
    expect(job.metadata.ownerReferences[0]).toMatchObject({ kind: 'CronJob', name: 'kubectl-cron' });
  });

  it('creates tokens and answers what is allowed', async () => {
    expect(await run('create', 'token', 'default', '--audience=a', '--duration=15m')).toMatch(/^ey.*\..*\..*$/);
    expect(await run('auth', 'can-i', 'create', 'tenants')).toBe('yes');
  });

  it('knows its resources and versions', async () => {
    expect(await run('api-resources', '--api-group=platform.legendops.io')).toMatch(
      /tenants +tn +platform\.legendops\.io\/v1alpha1 +false +Tenant/,
    );
    expect((await run('api-versions')).split('\n')).toContain('batch/v1');
    expect(await run('version')).toContain('Server Version: v1.');
  });

  it('watches until a deletion', async () => {
    const path = file('going.json', aTenant('kubectl-going'));
    await run('create', '-f', path);
    const waiting = run('wait', '--for=delete', 'tn/kubectl-going', '--timeout=20s');
    expect(await run('delete', '-f', path)).toContain('deleted');
    await waiting;
    expect(await refused('get', 'tn', 'kubectl-going')).toContain('NotFound');
  });

  it('deletes with what belongs to it', async () => {
    expect(await run('delete', 'job', 'kubectl-job', '--cascade=foreground', '--timeout=30s')).toContain('deleted');
    expect(await run('delete', 'tn', '-l', 'tier=gold')).toContain('kubectl-apply');
    expect(await run('get', 'tn', 'kubectl-apply', '--ignore-not-found')).toBe('');
  });

  it('compares before it applies', async () => {
    const path = file('diff.json', aTenant('kubectl-server', { displayName: 'Different' }));
    const { code, stdout } = await cluster().kubectl(['diff', '--server-side', '--force-conflicts', '-f', path]);
    expect(code).toBe(1);
    expect(stdout).toContain('displayName: Different');
  });

  it('goes on with server-side apply where client-side apply began, also with other values', async () => {
    const path = (value: string): string =>
      file('migrates.json', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kubectl-migrates' },
        data: { a: value },
      });
    expect(await run('apply', '-f', path('1'))).toBe('configmap/kubectl-migrates created');
    expect(await run('apply', '--server-side', '-f', path('2'))).toBe('configmap/kubectl-migrates serverside-applied');
    expect(await run('get', 'cm', 'kubectl-migrates', '-o', 'jsonpath={.data.a}')).toBe('2');
  });
};

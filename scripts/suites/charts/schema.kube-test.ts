import { describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { chart, environments, helm, render, valuesOf } from './rendered.ts';

const refusal = async (...settings: string[]): Promise<string> =>
  render('prod', ...settings).then(
    () => 'nothing is refused',
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );

describe.skipIf(toolsFolder === undefined)('the values of charts/legendops (needs LEGENDOPS_TOOLS)', () => {
  it.each(environments)('for %s pass the strict lint', async (environment) => {
    const said = await helm('lint', '--strict', chart, '--namespace', 'legendops', ...valuesOf(environment));
    expect(said).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it.each([
    ['database.hots=x', "at '/database': additional properties 'hots' not allowed"],
    ['image.tag=1', "at '': additional properties 'image' not allowed"],
    ['services.auth.replica=2', "at '/services/auth': additional properties 'replica' not allowed"],
    ['services.crm.replicas=2', "at '/services': additional properties 'crm' not allowed"],
    ['services.auth.replicas=0', "at '/services/auth/replicas': minimum: got 0, want 1"],
    ['services.auth.replicas=two', "at '/services/auth/replicas': got string, want integer"],
    ['services.auth.resources.limits.memory=lots', "at '/services/auth/resources/limits/memory'"],
    ['environment=test', "at '/environment': value must be one of"],
    ['publicUrl=portal.example', "at '/publicUrl'"],
    ['publicUrl=https://portal.example/portal', "at '/publicUrl'"],
    ['vault.url=http://vault.example', "at '/vault/url'"],
    ['vault.portal.url=http://vault.example', "at '/vault/portal/url'"],
    ['vault.billing.url=', "at '/vault/url'"],
    ['vault.auth.url=https://vault.example', "at '/vault': additional properties 'auth' not allowed"],
    ['network.vault.billing.hosts=x', "at '/network/vault/billing': additional properties 'hosts' not allowed"],
    ['database.port=70000', "at '/database/port': maximum: got 70,000, want 65,535"],
    ['database.host=db.example:5432', "at '/database/host'"],
    ['database.sslMode=prefer', "at '/database/sslMode': value must be one of"],
    ['database.billing.name=x', "at '/database/billing': additional properties 'name' not allowed"],
    ['azure.workloadIdentity=projected', "at '/azure/authorityHost'"],
    ['azure.clientIds.operator=me', "at '/azure/clientIds/operator'"],
    ['media.blobUrl=http://media.example', "at '/media/blobUrl'"],
    ['images.registry=https://registry.example', "at '/images/registry'"],
    ['images.auth.digest=sha256:1', "at '/images/auth/digest'"],
    ['gateway.trustedProxyHops=9', "at '/gateway/trustedProxyHops': maximum: got 9, want 5"],
    ['development.sync=true', "at '/environment': value must be one of 'local', 'dev'"],
    ['development.inspect=true', "at '/environment': value must be one of 'local', 'dev'"],
    ['development.watch=true', "at '/development': additional properties 'watch' not allowed"],
    ['mail.from=', "at '/mail/from': minLength: got 0, want 3"],
    ['services.auth.autoscaling.maxReplicas=null', "at '/services/auth/autoscaling': missing property 'maxReplicas'"],
    ['frontend.autoscaling.minReplicas=9', 'autoscaling of frontend: minReplicas 9 is more than maxReplicas 4'],
    ['signIn.clientId=', "at '/signIn/clientId': minLength: got 0, want 1"],
  ])('refuse %s by its path', async (setting, said) => {
    expect(await refusal('--set', setting)).toContain(said);
  });

  it('leave nobody without a way in, but on a cluster of development that brings its own', async () => {
    expect(await refusal('--set-json', 'gateway.parentRefs=[]')).toContain(
      "at '/gateway/parentRefs': minItems: got 0, want 1",
    );
    expect(await render('local', '--set-json', 'gateway.parentRefs=[]')).not.toContain('kind: HTTPRoute');
    expect(await render('local')).toContain('kind: HTTPRoute');
  });

  it('are whole only with an environment of somebody: alone they name all that is missing', async () => {
    const said = await helm('template', 'legendops', chart, '--namespace', 'legendops').catch((error: unknown) =>
      String((error as { stderr?: string }).stderr),
    );
    for (const path of [
      '/environment',
      '/publicUrl',
      '/database/host',
      '/vault/url',
      '/azure/tenantId',
      '/signIn/clientId',
      '/mail/from',
    ])
      expect(said).toContain(`at '${path}'`);
  });

  it('belong into one namespace, and another is refused with its reason', async () => {
    const said = await helm('template', 'legendops', chart, '--namespace', 'default', ...valuesOf('prod')).catch(
      (error: unknown) => String((error as { stderr?: string }).stderr),
    );
    expect(said).toContain('install this chart into the namespace legendops, not default');
  });
});

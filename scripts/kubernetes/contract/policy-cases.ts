import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { causesOf, configMapsPath, aConfigMap } from './paths.ts';
import type { Cluster } from '../testing/cluster.ts';

const path = '/apis/admissionregistration.k8s.io/v1';
const policiesPath = `${path}/validatingadmissionpolicies`;
const bindingsPath = `${path}/validatingadmissionpolicybindings`;

/** Of ValidatingAdmissionPolicies what they say of deletions. */
export const policyCases = (cluster: () => Cluster): void => {
  it('a deletion that a policy refuses is answered with its words, one by one and all at once', async () => {
    const request: Cluster['request'] = (asked) => cluster().request(asked);
    const of = (kind: string, spec: object) => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind,
      metadata: { name: 'keep-some' },
      spec,
    });
    const policy = of('ValidatingAdmissionPolicy', {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['configmaps'] }],
      },
      matchConditions: [{ name: 'some', expression: "request.name.startsWith('kept-')" }],
      validations: [
        { expression: "oldObject.data.keep != 'yes'", message: 'it is to be kept', reason: 'Forbidden' },
        { expression: "oldObject.data.keep != 'maybe'", messageExpression: "'perhaps ' + oldObject.metadata.name" },
      ],
    });
    await request({ method: 'POST', path: policiesPath, body: policy });
    const binding = of('ValidatingAdmissionPolicyBinding', { policyName: 'keep-some', validationActions: ['Deny'] });
    await request({ method: 'POST', path: bindingsPath, body: binding });
    for (const keep of ['yes', 'maybe', 'no'])
      await request({ method: 'POST', path: configMapsPath(), body: aConfigMap(`kept-${keep}`, { keep }) });
    const remove = (name: string, query = '') =>
      request({ method: 'DELETE', path: `${configMapsPath()}/${name}${query}` });
    // A policy holds some moments after it was written.
    await eventually('the policy holds', async () => (await remove('kept-yes', '?dryRun=All')).status === 403);
    const by =
      "configmaps \"kept-%s\" is forbidden: ValidatingAdmissionPolicy 'keep-some' with binding 'keep-some' denied request: ";
    const yes = await remove('kept-yes');
    expect([yes.status, yes.body.reason, yes.body.message]).toEqual([
      403,
      'Forbidden',
      `${by.replace('%s', 'yes')}it is to be kept`,
    ]);
    const maybe = await remove('kept-maybe');
    expect([maybe.status, maybe.body.reason, maybe.body.message]).toEqual([
      422,
      'Invalid',
      `${by.replace('%s', 'maybe')}perhaps kept-maybe`,
    ]);
    expect(causesOf(yes.body)).toEqual(causesOf(maybe.body));
    expect((await remove('kept-no')).status).toBe(200);
    for (const at of [policiesPath, bindingsPath]) await request({ method: 'DELETE', path: `${at}/keep-some` });
    await eventually('the policy is gone', async () => (await remove('kept-yes')).status === 200);
    await eventually('the other is gone', async () => (await remove('kept-maybe')).status !== 422);
  });
};

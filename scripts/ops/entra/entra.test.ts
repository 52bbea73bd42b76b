import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOpsWorld, type OpsWorld } from '../testing/ops-world.ts';
import { entra } from './entra.ts';

const spared = '30000000-0000-4000-8000-000000000001';

let world: OpsWorld;
beforeEach(async () => {
  world = await startOpsWorld();
  world.azure.account.graph.groups.push(spared);
});
afterEach(() => world.close());

const wanted = ['--environment', 'dev', '--web-host', 'dev.legendops.test', '--spared-group', spared];
const run = (...parameters: string[]) => world.run(entra, ...wanted, ...parameters);
const graph = () => world.azure.account.graph;
const changes = () => world.azure.faults.calls.filter(({ method }) => method !== 'GET').map(({ method }) => method);

describe('an empty directory', () => {
  it('gets the application, its place and a policy that only reports', async () => {
    const { status, said } = await run('--go');
    expect(status).toBe(0);
    const [application] = graph().applications;
    expect(application).toMatchObject({
      uniqueName: 'legendops-portal-dev',
      signInAudience: 'AzureADMultipleOrgs',
      web: { redirectUris: ['https://dev.legendops.test/api/auth/v1/callback'] },
    });
    expect(graph().servicePrincipals).toMatchObject([{ appId: application?.appId }]);
    expect(graph().policies).toMatchObject([
      {
        state: 'enabledForReportingButNotEnforced',
        conditions: {
          applications: { includeApplications: [application?.appId] },
          users: { includeUsers: ['All'], excludeGroups: [spared] },
        },
        grantControls: { builtInControls: ['mfa'] },
      },
    ]);
    expect(said).toContain(['LEGENDOPS_SIGN_IN_CLIENT_ID', application?.appId].join('='));
  });

  it('asks people for three delegated permissions, and for no secret', async () => {
    await run('--go');
    const [{ requiredResourceAccess, passwordCredentials } = {}] = graph().applications as {
      requiredResourceAccess?: { resourceAccess: { type: string }[] }[];
      passwordCredentials?: unknown;
    }[];
    expect(requiredResourceAccess?.flatMap(({ resourceAccess }) => resourceAccess.map(({ type }) => type))).toEqual([
      'Scope',
      'Scope',
      'Scope',
    ]);
    expect(passwordCredentials).toBeUndefined();
  });

  it('is left empty without --go', async () => {
    const { status, said } = await run();
    expect([status, ...changes()]).toEqual([0]);
    expect(said.match(/^ {2}- /gm)).toHaveLength(3);
  });
});

describe('a second run', () => {
  beforeEach(() => run('--go'));

  it('changes nothing', async () => {
    const before = changes().length;
    expect((await run('--go')).said).toContain('Nothing is left to do.');
    expect(changes()).toHaveLength(before);
  });

  it('sets right what somebody changed, and says what', async () => {
    Object.assign(graph().applications[0] ?? {}, { signInAudience: 'AzureADMyOrg', notes: 'by hand' });
    const { said } = await run('--go');
    expect(said).toContain('set right signInAudience of the application LegendOps (dev)');
    expect(graph().applications).toMatchObject([{ signInAudience: 'AzureADMultipleOrgs', notes: 'by hand' }]);
  });

  it('lets the policy hold when it is told to, and never weakens one that holds', async () => {
    await run('--go', '--enforce');
    expect(graph().policies).toMatchObject([{ state: 'enabled' }]);
    expect((await run('--go')).said).toContain('Nothing is left to do.');
    expect(graph().policies).toMatchObject([{ state: 'enabled' }]);
  });

  it('does not choose between two policies of the same name', async () => {
    graph().policies.push({ ...graph().policies[0], id: 'another' });
    expect(await run('--go')).toMatchObject({ status: 2, said: expect.stringContaining('There are 2 policies') });
  });
});

describe('what stands in the way', () => {
  it('half way is said, with what was done and what was not; the next run makes no second application', async () => {
    world.azure.deny('POST', 'conditionalAccess');
    const { status, said } = await run('--go');
    expect(status).toBe(1);
    expect(said).toContain('Done:\n  - make the application LegendOps (dev)');
    expect(said).toContain('Failed:\n  - make the policy LegendOps portal (dev): second factor');
    expect(said).toContain('403 AuthorizationFailed');
    world.azure.faults.clear();
    expect((await run('--go')).status).toBe(0);
    expect(graph().applications).toHaveLength(1);
    expect(graph().policies).toHaveLength(1);
  });

  it('a reply that is lost leaves one application, found by its name', async () => {
    world.azure.faults.add([
      { match: { method: 'POST', path: 'applications', count: 1 }, fault: { dropConnection: 'after' } },
    ]);
    expect((await run('--go')).status).toBe(1);
    expect((await run('--go')).status).toBe(0);
    expect(graph().applications).toHaveLength(1);
  });

  it.each([
    [['--spared-group', '30000000-0000-4000-8000-000000000009'], 'There is no group'],
    [['--spared-group', 'admins'], 'shuts everybody out'],
    [['--web-host', 'https://dev.legendops.test'], '--web-host is https://dev.legendops.test'],
    [['--environment', 'test'], 'There is no environment test'],
  ])('what was asked wrongly is told: %j', async (parameters, words) => {
    const { status, said } = await run('--go', ...parameters);
    expect(said).toContain(words);
    expect([status, ...changes()]).toEqual([2]);
  });
});

import { describe, expect, it } from 'vitest';
import { addressRange, overlap } from './address-range.ts';
import { parameterFindings, type Parameters } from './parameter-findings.ts';

const someParameters = (changes: Partial<Parameters> = {}): Parameters => ({
  environment: 'dev',
  owner: 'Platform team',
  costCenter: 'platform',
  addressRange: '10.10.0.0/16',
  people: {
    platformGroupId: '11111111-2222-4333-8444-555555555555',
    databaseGroupId: '11111111-2222-4333-8444-666666666666',
    databaseGroupName: 'database-administrators',
  },
  cluster: {
    system: { min: 1, max: 2 },
    apps: { min: 1, max: 3 },
    podRange: '10.128.0.0/16',
    serviceRange: '10.192.0.0/20',
  },
  databases: { size: 'Standard_B2s', highAvailability: 'Disabled' },
  webHost: 'dev.msp.test',
  mediaHost: 'media.dev.msp.test',
  alertMail: ['oncall@msp.test'],
  slackChannelAddress: 'alerts@msp.slack.com',
  budgetFrom: '2026-12-01',
  ...changes,
});

const clusterWith = (changes: Partial<Parameters['cluster']>) => ({
  cluster: { ...someParameters().cluster, ...changes },
});

const asked = (changes: Partial<Parameters>, others: readonly Parameters[] = [], asCommitted = false): string[] =>
  parameterFindings({ environment: 'dev', parameters: someParameters(changes), others, asCommitted });

describe('a parameter file', () => {
  it('that is right is taken', () => {
    expect(asked({})).toEqual([]);
  });

  it.each<[what: string, changes: Partial<Parameters>, said: string]>([
    ['of another environment', { environment: 'prod' }, 'environment is prod in the file of dev'],
    ['with an owner too long', { owner: 'x'.repeat(65) }, 'owner has 65 characters, 3 to 64 are taken'],
    ['with a cost centre too short', { costCenter: 'x' }, 'costCenter has 1 characters, 2 to 32 are taken'],
    [
      'with a group that is no id',
      { people: { ...someParameters().people, platformGroupId: 'platform-team' } },
      'people.platformGroupId is platform-team, which is no Entra object id',
    ],
    [
      'with a delivery that is no id',
      { deliveryPrincipalId: 'github' },
      'deliveryPrincipalId is github, which is no Entra object id',
    ],
    ['with a host that is an address', { webHost: 'https://dev.msp.test' }, 'webHost is https://dev.msp.test, which'],
    ['with a host too long', { mediaHost: `${'a'.repeat(62)}.test` }, 'mediaHost is aaa'],
    ['with mail to nobody', { alertMail: ['oncall@msp.test', 'oncall'] }, 'alertMail[1] is oncall, which'],
    ['with a channel without address', { slackChannelAddress: '#alerts' }, 'slackChannelAddress is #alerts, which'],
    ['with a budget from the middle', { budgetFrom: '2026-12-15' }, 'budgetFrom is 2026-12-15, Azure takes'],
    ['with a budget from no month', { budgetFrom: '2026-13-01' }, 'budgetFrom is 2026-13-01, Azure takes'],
    [
      'with a pool upside down',
      clusterWith({ apps: { min: 4, max: 3 } }),
      'cluster.apps has a minimum above its maximum',
    ],
    ['with a range that is none', { addressRange: '10.10.0.0' }, 'addressRange is 10.10.0.0, which is no range'],
    [
      'with a range from its middle',
      { addressRange: '10.10.3.0/16' },
      'addressRange is 10.10.3.0/16, which is no range',
    ],
    ['with a range too small', { addressRange: '10.10.0.0/20' }, 'addressRange is 10.10.0.0/20, a range of /16 to /16'],
    [
      'with a public range',
      { addressRange: '8.8.0.0/16' },
      'addressRange is 8.8.0.0/16, which is not among the private',
    ],
    [
      'with a copy of a small server',
      { databases: { size: 'Standard_B2s', highAvailability: 'ZoneRedundant' } },
      'databases.highAvailability is ZoneRedundant, Standard_B2s has no copies',
    ],
    [
      'with pods in the network',
      clusterWith({ podRange: '10.10.128.0/17' }),
      'addressRange 10.10.0.0/16 overlaps cluster.podRange 10.10.128.0/17',
    ],
    [
      'with services among the pods',
      clusterWith({ serviceRange: '10.128.16.0/20' }),
      'cluster.podRange 10.128.0.0/16 overlaps cluster.serviceRange 10.128.16.0/20',
    ],
    ['with engineers from everywhere', { engineersFrom: ['0.0.0.0/0'] }, 'engineersFrom has 0.0.0.0/0, which'],
    ['with engineers from nowhere', { engineersFrom: ['office'] }, 'engineersFrom has office, which'],
  ])('%s is refused by name', (_, changes, said) => {
    const findings = asked(changes);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(said);
  });

  it('whose network overlaps another environment is refused with both names', () => {
    const prod = someParameters({
      environment: 'prod',
      addressRange: '10.10.0.0/16',
      ...clusterWith({ podRange: '10.64.0.0/16', serviceRange: '10.65.0.0/20' }),
    });
    expect(asked({}, [prod])).toEqual(['addressRange 10.10.0.0/16 overlaps addressRange 10.10.0.0/16 of prod']);
  });

  it('with values that only hold a place is let through as committed, and else told what to set', () => {
    const held = {
      webHost: 'dev.legendops.example',
      people: { ...someParameters().people, platformGroupId: '00000000-0000-0000-0000-000000000001' },
      engineersFrom: ['192.0.2.0/24'],
    };
    expect(asked(held, [], true)).toEqual([]);
    expect(asked(held)).toEqual([
      'people.platformGroupId is 00000000-0000-0000-0000-000000000001, which only holds the place: set LEGENDOPS_PLATFORM_GROUP_ID',
      'webHost is dev.legendops.example, which only holds the place: set LEGENDOPS_DOMAIN',
      'engineersFrom[0] is 192.0.2.0/24, which only holds the place: set LEGENDOPS_ENGINEERS_FROM',
    ]);
  });
});

describe('ranges of addresses', () => {
  const range = (text: string) => {
    const found = addressRange(text);
    if (found === undefined) throw new Error(`${text} is no range`);
    return found;
  };

  it.each([
    ['10.0.0.0/8', '10.255.255.255/32', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['192.168.0.0/17', '192.168.128.0/17', false],
  ])('%s and %s overlap: %s, whichever comes first', (one, other, expected) => {
    expect(overlap(range(one), range(other))).toBe(expected);
    expect(overlap(range(other), range(one))).toBe(expected);
  });

  it.each(['10.0.0.256/32', '10.0.0.0/33', '10.0.0/8', '', '10.0.0.1/24', '1e1.0.0.0/8'])('%s is none', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });
});

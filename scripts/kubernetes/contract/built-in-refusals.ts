import { configMapsPath, secretsPath } from './paths.ts';

export const policiesPath = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const limitsPath = '/api/v1/namespaces/default/limitranges';
export const quotasPath = '/api/v1/namespaces/default/resourcequotas';

type Refusal = [what: string, path: string, object: object, messages: string[]];

export const named = (more: object): object => ({ metadata: { name: 'refused' }, ...more });
export const policy = (spec: object): object => named({ spec: { podSelector: {}, ...spec } });
const limit = (item: object): object => named({ spec: { limits: [item] } });
export const quota = (hard: object, more: object = {}): object => named({ spec: { hard, ...more } });
const inValue = (field: string, value: unknown, why: string): string =>
  `${field}: Invalid value: ${JSON.stringify(value)}: ${why}`;

const key = (name: string): string =>
  inValue(
    `data[${name}]`,
    name,
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
      "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
  );

type Row = [what: string, object: object, messages: string[]];

const of = (subject: string, path: string, rows: Row[]): Refusal[] =>
  rows.map(([what, object, messages]) => [`${subject} ${what}`, path, object, messages]);

const ports = (port: object) => policy({ ingress: [{ ports: [port] }] });
const from = (peer: object) => policy({ ingress: [{ from: [peer] }] });
const portAt = 'spec.ingress[0].ports[0]';
const peerAt = 'spec.ingress[0].from[0]';
const limitAt = 'spec.limits[0]';

const policies = of('a policy with', policiesPath, [
  ['port 0', ports({ port: 0 }), [inValue(`${portAt}.port`, 0, 'must be between 1 and 65535, inclusive')]],
  [
    'a port name of capitals',
    ports({ port: 'Not_A_Name' }),
    [inValue(`${portAt}.port`, 'Not_A_Name', 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')],
  ],
  [
    'a protocol that has no ports',
    ports({ protocol: 'ICMP' }),
    [`${portAt}.protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"`],
  ],
  [
    'an end before its port',
    ports({ port: 10, endPort: 5 }),
    [inValue(`${portAt}.endPort`, 10, 'must be greater than or equal to `port`')],
  ],
  [
    'an end without a port',
    ports({ endPort: 5 }),
    [inValue(`${portAt}.endPort`, 5, 'may not be specified when `port` is not specified')],
  ],
  [
    'no block',
    from({ ipBlock: { cidr: '10.0.0.1/33' } }),
    [
      inValue(
        `${peerAt}.ipBlock.cidr`,
        '10.0.0.1/33',
        'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      ),
    ],
  ],
  [
    'an exception outside of its block',
    from({ ipBlock: { cidr: '10.0.0.0/24', except: ['11.0.0.0/24'] } }),
    [inValue(`${peerAt}.ipBlock.except[0]`, '11.0.0.0/24', 'must be a strict subset of `cidr`')],
  ],
  ['a peer that is nobody', from({}), [`${peerAt}: Required value: must specify a peer`]],
  [
    'a peer that is two things',
    from({ ipBlock: { cidr: '10.0.0.0/24' }, podSelector: {} }),
    [`${peerAt}: Forbidden: may not specify both ipBlock and another peer`],
  ],
  [
    'a third direction',
    policy({ policyTypes: ['Ingres'] }),
    ['spec.policyTypes[0]: Unsupported value: "Ingres": supported values: "Ingress", "Egress"'],
  ],
  [
    'an operator that is none',
    policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }),
    [inValue('spec.podSelector.matchExpressions[0].operator', 'Is', 'not a valid selector operator')],
  ],
  [
    'In without values',
    policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
    [
      "spec.podSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
  ],
]);

const limits = of('limits with', limitsPath, [
  [
    'a type that is none',
    limit({ type: 'Contain' }),
    [inValue(`${limitAt}.type`, 'Contain', 'must be a standard limit type or fully qualified')],
  ],
  [
    'a minimum above the maximum',
    limit({ type: 'Container', max: { cpu: '1' }, min: { cpu: '2' } }),
    [
      inValue(`${limitAt}.default[cpu]`, '2', 'min value 2 is greater than default value 1'),
      inValue(`${limitAt}.defaultRequest[cpu]`, '1', 'min value 2 is greater than default request value 1'),
      inValue(`${limitAt}.min[cpu]`, '2', 'min value 2 is greater than max value 1'),
    ],
  ],
  [
    'a request above the limit',
    limit({ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '2' } }),
    [inValue(`${limitAt}.defaultRequest[cpu]`, '2', 'default request value 2 is greater than default limit value 1')],
  ],
  [
    'defaults of pods',
    limit({ type: 'Pod', default: { cpu: '2' } }),
    [`${limitAt}.default: Forbidden: may not be specified when \`type\` is 'Pod'`],
  ],
  [
    'a ratio below one',
    limit({ type: 'Container', maxLimitRequestRatio: { cpu: '500m' } }),
    [inValue(`${limitAt}.maxLimitRequestRatio[cpu]`, '500m', 'ratio 500m is less than 1')],
  ],
  [
    'no storage for volumes',
    limit({ type: 'PersistentVolumeClaim' }),
    [
      `${limitAt}.limits: Required value: either minimum or maximum storage value is required, but neither was provided`,
    ],
  ],
]);

const secrets = of('a Secret with', secretsPath, [
  ['a key with a space', named({ data: { 'a b': 'YQ==' } }), [key('a b')]],
  ['a key that leads out', named({ data: { '..': 'YQ==' } }), [inValue('data[..]', '..', "must not be '..'")]],
  [
    'a certificate that is missing',
    named({ type: 'kubernetes.io/tls' }),
    ['data[tls.crt]: Required value', 'data[tls.key]: Required value'],
  ],
  [
    'nobody to log in',
    named({ type: 'kubernetes.io/basic-auth' }),
    ['data[password]: Required value', 'data[username]: Required value'],
  ],
  [
    'a token of nobody',
    named({ type: 'kubernetes.io/service-account-token' }),
    ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
  ],
  ['too much', named({ data: { a: 'YWFh'.repeat(400_000) } }), ['data: Too long: may not be more than 1048576 bytes']],
]);

const quotas = of('a quota with', quotasPath, [
  [
    'less than nothing',
    quota({ pods: '-1' }),
    [inValue('spec.hard[pods]', '-1', 'must be greater than or equal to 0')],
  ],
  ['half a pod', quota({ pods: '1500m' }), [inValue('spec.hard[pods]', '1500m', 'must be an integer')]],
  [
    'what nobody counts',
    quota({ bogus: '1' }),
    [
      inValue('spec.hard[bogus]', 'bogus', 'must be a standard resource for quota'),
      inValue('spec.hard[bogus]', 'bogus', 'must be a standard resource type or fully qualified'),
    ],
  ],
  [
    'a scope that is none',
    quota({ pods: '1' }, { scopes: ['Nope'] }),
    [inValue('spec.scopes', ['Nope'], 'unsupported scope')],
  ],
  [
    'a scope of other things',
    quota({ services: '1' }, { scopes: ['BestEffort'] }),
    [inValue('spec.scopes', ['BestEffort'], 'unsupported scope applied to resource')],
  ],
  [
    'scopes that exclude each other',
    quota({ pods: '1' }, { scopes: ['BestEffort', 'NotBestEffort'] }),
    [inValue('spec.scopes', ['BestEffort', 'NotBestEffort'], 'conflicting scopes')],
  ],
]);

const maps: Refusal[] = [
  ['a ConfigMap with a key with a space', configMapsPath(), named({ data: { 'a b': 'c' } }), [key('a b')]],
  [
    'a ConfigMap with one key twice',
    configMapsPath(),
    named({ data: { a: 'c' }, binaryData: { a: 'YQ==' } }),
    [inValue('data[a]', 'a', 'duplicate of key present in binaryData')],
  ],
];

/** What cannot be read as its kind at all. */
export const unreadable: [what: string, path: string, object: object, message: string][] = [
  [
    'a quota that is no quantity',
    quotasPath,
    quota({ pods: 'abc' }),
    'ResourceQuota in version "v1" cannot be handled as a ResourceQuota: quantities must match the regular expression',
  ],
  [
    'a limit that is no quantity',
    limitsPath,
    limit({ type: 'Container', max: { cpu: '1Xi' } }),
    'LimitRange in version "v1" cannot be handled as a LimitRange: quantities must match the regular expression',
  ],
  [
    'a value that is not base64',
    secretsPath,
    named({ data: { a: '%%' } }),
    'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
  ],
];

/** What is read and refused, with every reason. */
export const refusals: readonly Refusal[] = [...policies, ...limits, ...secrets, ...quotas, ...maps];

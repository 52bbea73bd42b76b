import { BlockList, isIP } from 'node:net';
import { invalidValue, requiredValue, unsupportedValue, type FieldError } from '../object/api-error.ts';
import { isObject, listAt, objectAt, textOf, type JsonObject } from '../object/kube-object.ts';
import type { KindRules } from './kind.ts';
import { selectorErrors } from './selector-rules.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];
const directions = ['Ingress', 'Egress'];

const portNameProblem = (name: string): string | undefined => {
  if (name.length > 15) return 'must be no more than 15 characters';
  if (!/^[-a-z0-9]+$/.test(name)) return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(name)) return 'must contain at least one letter (a-z)';
  if (name.includes('--')) return 'must not contain consecutive hyphens';
  return /^-|-$/.test(name) ? 'must not begin or end with a hyphen' : undefined;
};

const isPort = (port: unknown): boolean => typeof port === 'number' && port >= 1 && port <= 65_535;

const endPortErrors = ({ port, endPort }: JsonObject, path: string): FieldError[] => {
  if (endPort === undefined) return [];
  if (port === undefined) return [invalidValue(path, endPort, 'may not be specified when `port` is not specified')];
  if (typeof port !== 'number') return [invalidValue(path, endPort, 'may not be specified when `port` is non-numeric')];
  // The server shows the port here, not the end.
  return Number(endPort) < port ? [invalidValue(path, port, 'must be greater than or equal to `port`')] : [];
};

const portErrors = (port: unknown, path: string): FieldError[] => {
  const given = objectAt(port);
  const problem = typeof given.port === 'string' ? portNameProblem(given.port) : undefined;
  return [
    ...(given.protocol === undefined || protocols.includes(textOf(given.protocol))
      ? []
      : [unsupportedValue(`${path}.protocol`, given.protocol, protocols)]),
    ...(typeof given.port === 'number' && !isPort(given.port)
      ? [invalidValue(`${path}.port`, given.port, 'must be between 1 and 65535, inclusive')]
      : []),
    ...(problem === undefined ? [] : [invalidValue(`${path}.port`, given.port, problem)]),
    ...endPortErrors(given, `${path}.endPort`),
  ];
};

interface Block {
  address: string;
  bits: number;
  family: 'ipv4' | 'ipv6';
}

const blockOf = (text: unknown): Block | undefined => {
  const [, address = '', bits = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(String(text)) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  return { address, bits: Number(bits), family: family === 4 ? 'ipv4' : 'ipv6' };
};

const isStrictlyInside = (inner: Block, outer: Block): boolean => {
  if (inner.family !== outer.family || inner.bits <= outer.bits) return false;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.bits, outer.family);
  return list.check(inner.address, inner.family);
};

const notABlock = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

const blockErrors = (block: JsonObject, path: string): FieldError[] => {
  if (block.cidr === undefined || block.cidr === '') return [requiredValue(`${path}.cidr`)];
  const outer = blockOf(block.cidr);
  if (!outer) return [invalidValue(`${path}.cidr`, block.cidr, notABlock)];
  return listAt(block, 'except').flatMap((except, index) => {
    const field = `${path}.except[${index}]`;
    const inner = blockOf(except);
    if (!inner) return [invalidValue(field, except, notABlock)];
    return isStrictlyInside(inner, outer) ? [] : [invalidValue(field, except, 'must be a strict subset of `cidr`')];
  });
};

const peerErrors = (peer: unknown, path: string): FieldError[] => {
  const { podSelector, namespaceSelector, ipBlock } = objectAt(peer);
  const selectors = { podSelector, namespaceSelector };
  if (podSelector === undefined && namespaceSelector === undefined && ipBlock === undefined)
    return [requiredValue(path, 'must specify a peer')];
  if (ipBlock !== undefined && (podSelector !== undefined || namespaceSelector !== undefined))
    return [
      {
        field: path,
        reason: 'FieldValueForbidden',
        message: 'Forbidden: may not specify both ipBlock and another peer',
      },
    ];
  return [
    ...Object.entries(selectors).flatMap(([name, selector]) => selectorErrors(selector, `${path}.${name}`)),
    ...(isObject(ipBlock) ? blockErrors(ipBlock, `${path}.ipBlock`) : []),
  ];
};

const ruleErrors = (policy: unknown, direction: 'ingress' | 'egress'): FieldError[] =>
  listAt(policy, 'spec', direction).flatMap((rule, index) => {
    const path = `spec.${direction}[${index}]`;
    const peers = direction === 'ingress' ? 'from' : 'to';
    return [
      ...listAt(rule, 'ports').flatMap((port, at) => portErrors(port, `${path}.ports[${at}]`)),
      ...listAt(rule, peers).flatMap((peer, at) => peerErrors(peer, `${path}.${peers}[${at}]`)),
    ];
  });

const typeErrors = (policy: unknown): FieldError[] => {
  const types = listAt(policy, 'spec', 'policyTypes');
  if (types.length > directions.length)
    return [invalidValue('spec.policyTypes', types, 'may not specify more than two policyTypes')];
  return types.flatMap((type, index) =>
    directions.includes(String(type)) ? [] : [unsupportedValue(`spec.policyTypes[${index}]`, type, directions)],
  );
};

export const networkPolicyRules: KindRules = {
  defaults: (policy) => {
    if (!isObject(policy.spec)) policy.spec = {};
    const spec = policy.spec as JsonObject;
    spec.podSelector ??= {};
    spec.policyTypes ??= listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
    for (const rule of [...listAt(spec, 'ingress'), ...listAt(spec, 'egress')])
      for (const port of listAt(rule, 'ports')) if (isObject(port)) port.protocol ??= 'TCP';
  },
  validate: (policy) => [
    ...selectorErrors(objectAt(policy, 'spec').podSelector, 'spec.podSelector'),
    ...ruleErrors(policy, 'ingress'),
    ...ruleErrors(policy, 'egress'),
    ...typeErrors(policy),
  ],
};

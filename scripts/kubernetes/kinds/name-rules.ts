import { invalidValue, type FieldError } from '../object/api-error.ts';
import type { Metadata } from '../object/kube-object.ts';

export type NameRule = 'label' | 'subdomain' | 'path' | 'dns1035';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;

const labelMessage =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with " +
  `an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`;
const subdomainMessage =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`;
const dns1035Message =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and " +
  "end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is " +
  "'[a-z]([-a-z0-9]*[a-z0-9])?')";

const isSubdomain = new RegExp(`^${subdomain}$`);

const tooLong = (most: number): string => `must be no more than ${most} bytes`;

const matching = (pattern: string, most: number, message: string) => {
  const expression = new RegExp(`^${pattern}$`);
  return (name: string): string[] => [
    ...(name.length > most ? [tooLong(most)] : []),
    ...(expression.test(name) ? [] : [message]),
  ];
};

const wrongWith: Readonly<Record<NameRule, (name: string) => string[]>> = {
  label: (name) =>
    isSubdomain.test(name) && name.includes('.') ? ['must not contain dots'] : matching(label, 63, labelMessage)(name),
  subdomain: matching(subdomain, 253, subdomainMessage),
  dns1035: matching('[a-z]([-a-z0-9]*[a-z0-9])?', 63, dns1035Message),
  path: (name) => {
    if (name === '.' || name === '..') return [`may not be '${name}'`];
    return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
  },
};

export const nameErrors = (name: string, rule: NameRule, field = 'metadata.name'): FieldError[] =>
  wrongWith[rule](name).map((why) => invalidValue(field, name, why));

const qualifiedName = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const keyMessage =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueMessage =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What is wrong with a label's key; undefined where nothing is. */
export const labelKeyProblem = (key: string): string | undefined => (qualifiedName.test(key) ? undefined : keyMessage);

/** What is wrong with a label's value; undefined where nothing is. */
export const labelValueProblem = (value: string): string | undefined =>
  labelValue.test(value) ? undefined : valueMessage;

/** What is wrong with the name of a resource or a type, which may have a domain before it. */
export const qualifiedNameProblems = (name: string): string[] => {
  if (qualifiedName.test(name)) return [];
  return name === '' || name.endsWith('/') ? ['name part must be non-empty', keyMessage] : [keyMessage];
};

export const labelErrors = ({ labels = {}, annotations = {} }: Metadata): FieldError[] => [
  ...Object.entries(labels).flatMap(([key, value]) => [
    ...(qualifiedName.test(key) ? [] : [invalidValue('metadata.labels', key, keyMessage)]),
    ...(value.length > 63 ? [invalidValue('metadata.labels', value, tooLong(63))] : []),
    ...(labelValue.test(value) ? [] : [invalidValue('metadata.labels', value, valueMessage)]),
  ]),
  ...Object.keys(annotations)
    .filter((key) => !qualifiedName.test(key))
    .map((key) => invalidValue('metadata.annotations', key, keyMessage)),
];

import { parseEnv } from 'node:util';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What the file says, with what each must look like; infra/environments reads all but the first two. */
const variables = {
  AZURE_SUBSCRIPTION_ID: { form: id, such: 'the id of a subscription' },
  AZURE_LOCATION: { form: /^[a-z]+[0-9]?$/, such: 'a region such as westeurope' },
  LEGENDOPS_PLATFORM_GROUP_ID: { form: id, such: 'the object id of a group' },
  LEGENDOPS_DATABASE_GROUP_ID: { form: id, such: 'the object id of a group' },
  LEGENDOPS_DATABASE_GROUP_NAME: { form: /^.{3,63}$/, such: 'the name of that group' },
  LEGENDOPS_DELIVERY_ID: { form: id, such: 'the object id of the identity that delivers' },
  LEGENDOPS_DOMAIN: { form: /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, such: 'a domain such as example.com' },
  LEGENDOPS_ALERT_MAIL: { form: mail, such: 'an e-mail address' },
  LEGENDOPS_SLACK_ADDRESS: { form: mail, such: 'the e-mail address of a channel' },
  LEGENDOPS_ENGINEERS_FROM: { form: /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, such: 'a range such as 203.0.113.0/28' },
} as const;

export type Name = keyof typeof variables;
export type EnvironmentFile = Record<Name, string>;
export const names = Object.keys(variables) as Name[];

const optional = new Set<string>(['LEGENDOPS_OWNER', 'LEGENDOPS_COST_CENTER']);
// Zero ids and documentation's own addresses only hold a place.
const placeholder = /^0{8}-0{4}-0{4}-0{4}-0{11}\w$|(^|[@.])example(\.\w+)?$|^192\.0\.2\./;

/** Everything that is wrong with the text of a file, each by the variable; what is read of it where nothing is. */
export const readEnvironmentFile = (text: string): { findings: string[] } | { file: EnvironmentFile } => {
  const read = parseEnv(text);
  const findings = [
    ...Object.keys(read)
      .filter((name) => !(name in variables) && !optional.has(name))
      .map((name) => `${name} is no variable of an environment: is it spelled right?`),
    ...names.flatMap((name) => {
      const value = read[name] ?? '';
      const { form, such } = variables[name];
      if (value === '') return [`${name} is missing: ${such}`];
      if (!form.test(value)) return [`${name} is ${value}: ${such} is wanted`];
      return placeholder.test(value) ? [`${name} is ${value}, which only holds the place: ${such} is wanted`] : [];
    }),
  ];
  return findings.length > 0 ? { findings } : { file: read as EnvironmentFile };
};

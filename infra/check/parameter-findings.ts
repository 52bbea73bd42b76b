import { addressRange, isPrivate, overlap, type AddressRange } from './address-range.ts';

/** The values of a parameter file, which the compiler has taken: types and listed values are right already. */
export interface Parameters {
  environment: string;
  owner: string;
  costCenter: string;
  addressRange: string;
  people: { platformGroupId: string; databaseGroupId: string; databaseGroupName: string };
  cluster: {
    system: { min: number; max: number };
    apps: { min: number; max: number };
    podRange: string;
    serviceRange: string;
  };
  databases: { size: string; highAvailability: string };
  webHost: string;
  mediaHost: string;
  alertMail: string[];
  slackChannelAddress: string;
  engineersFrom?: string[];
  deliveryPrincipalId?: string;
  budgetFrom: string;
}

export interface Question {
  /** The environment that was asked for, which is the file's name. */
  environment: string;
  parameters: Parameters;
  /** The same of the other environments: their networks may be joined one day. */
  others: readonly Parameters[];
  /** Whether values that only hold a place are let through, as in the committed files. */
  asCommitted: boolean;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const hostName = /^(?=.{4,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const lengthFindings = (name: string, value: string, [least, most]: [number, number]): string[] =>
  value.length < least || value.length > most
    ? [`${name} has ${value.length} characters, ${least} to ${most} are taken`]
    : [];

const objectIds = ({ people, deliveryPrincipalId }: Parameters): [name: string, value: string][] => [
  ['people.platformGroupId', people.platformGroupId],
  ['people.databaseGroupId', people.databaseGroupId],
  ...(deliveryPrincipalId ? [['deliveryPrincipalId', deliveryPrincipalId] as [string, string]] : []),
];

const formFindings = (parameters: Parameters): string[] => [
  // The compiler knows lengths of what is written in a file, and not of what comes from the environment.
  ...lengthFindings('owner', parameters.owner, [3, 64]),
  ...lengthFindings('costCenter', parameters.costCenter, [2, 32]),
  ...lengthFindings('people.databaseGroupName', parameters.people.databaseGroupName, [3, 63]),
  ...objectIds(parameters)
    .filter(([, value]) => !guid.test(value))
    .map(([name, value]) => `${name} is ${value}, which is no Entra object id`),
  ...[
    ['webHost', parameters.webHost],
    ['mediaHost', parameters.mediaHost],
  ]
    .filter(([, value]) => !hostName.test(value ?? ''))
    .map(([name, value]) => `${name} is ${value}, which is no name of a host of at most 64 characters`),
  ...[
    ...parameters.alertMail.map((value, index) => [`alertMail[${index}]`, value]),
    ['slackChannelAddress', parameters.slackChannelAddress],
  ]
    .filter(([, value]) => !mail.test(value ?? ''))
    .map(([name, value]) => `${name} is ${value}, which is no e-mail address`),
  ...(/^\d{4}-(0[1-9]|1[0-2])-01$/.test(parameters.budgetFrom)
    ? []
    : [`budgetFrom is ${parameters.budgetFrom}, Azure takes the first day of a month`]),
  ...(parameters.databases.size.startsWith('Standard_B') && parameters.databases.highAvailability !== 'Disabled'
    ? [
        `databases.highAvailability is ${parameters.databases.highAvailability}, ${parameters.databases.size} has no copies`,
      ]
    : []),
  ...(['system', 'apps'] as const)
    .filter((pool) => parameters.cluster[pool].min > parameters.cluster[pool].max)
    .map((pool) => `cluster.${pool} has a minimum above its maximum`),
];

const wanted = ({ addressRange: network, cluster }: Parameters) => [
  { name: 'addressRange', text: network, prefixes: [16, 16] },
  { name: 'cluster.podRange', text: cluster.podRange, prefixes: [12, 18] },
  { name: 'cluster.serviceRange', text: cluster.serviceRange, prefixes: [12, 24] },
];

const rangesOf = (parameters: Parameters): { name: string; range: AddressRange }[] =>
  wanted(parameters).flatMap(({ name, text }) => {
    const range = addressRange(text);
    return range === undefined ? [] : [{ name, range }];
  });

const rangeFindings = ({ parameters, others }: Question): string[] => {
  const malformed = wanted(parameters).flatMap(({ name, text, prefixes: [largest = 0, smallest = 32] }) => {
    const range = addressRange(text);
    if (range === undefined) return [`${name} is ${text}, which is no range such as 10.10.0.0/16`];
    if (!isPrivate(range)) return [`${name} is ${text}, which is not among the private addresses`];
    if (range.prefix < largest || range.prefix > smallest)
      return [`${name} is ${text}, a range of /${largest} to /${smallest} is taken`];
    return [];
  });
  const own = rangesOf(parameters);
  const within = own.flatMap((one, index) =>
    own
      .slice(index + 1)
      .filter((other) => overlap(one.range, other.range))
      .map((other) => `${one.name} ${one.range.text} overlaps ${other.name} ${other.range.text}`),
  );
  const across = others.flatMap((other) =>
    own.flatMap((one) =>
      rangesOf(other)
        .filter((theirs) => overlap(one.range, theirs.range))
        .map(
          (theirs) =>
            `${one.name} ${one.range.text} overlaps ${theirs.name} ${theirs.range.text} of ${other.environment}`,
        ),
    ),
  );
  const engineers = (parameters.engineersFrom ?? [])
    .filter((text) => addressRange(text) === undefined || text.endsWith('/0'))
    .map((text) => `engineersFrom has ${text}, which is no range of addresses that somebody comes from`);
  return [...malformed, ...within, ...across, ...engineers];
};

const placeholders = /^0{8}-0{4}-0{4}-0{4}-0{11}\d$|(^|[@.])legendops\.example$|^192\.0\.2\./;

const placeholderFindings = (parameters: Parameters): string[] => {
  const named: [string, string, string][] = [
    ['people.platformGroupId', parameters.people.platformGroupId, 'LEGENDOPS_PLATFORM_GROUP_ID'],
    ['people.databaseGroupId', parameters.people.databaseGroupId, 'LEGENDOPS_DATABASE_GROUP_ID'],
    ['deliveryPrincipalId', parameters.deliveryPrincipalId ?? '', 'LEGENDOPS_DELIVERY_ID'],
    ['webHost', parameters.webHost, 'LEGENDOPS_DOMAIN'],
    ['alertMail[0]', parameters.alertMail[0] ?? '', 'LEGENDOPS_ALERT_MAIL'],
    ['slackChannelAddress', parameters.slackChannelAddress, 'LEGENDOPS_SLACK_ADDRESS'],
    ['engineersFrom[0]', parameters.engineersFrom?.[0] ?? '', 'LEGENDOPS_ENGINEERS_FROM'],
  ];
  return named
    .filter(([, value]) => placeholders.test(value))
    .map(([name, value, variable]) => `${name} is ${value}, which only holds the place: set ${variable}`);
};

/** What is wrong with a parameter file, each by its name; nothing is wrong where there is none. */
export const parameterFindings = (question: Question): string[] => [
  ...(question.parameters.environment === question.environment
    ? []
    : [`environment is ${question.parameters.environment} in the file of ${question.environment}`]),
  ...formFindings(question.parameters),
  ...rangeFindings(question),
  ...(question.asCommitted ? [] : placeholderFindings(question.parameters)),
];

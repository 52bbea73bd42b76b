import type { Row } from './account.ts';
import {
  entity,
  given,
  named,
  newId,
  ofClient,
  ofSite,
  ofUser,
  referred,
  type Call,
  type Field,
  type Input,
} from './call.ts';
import { refusal } from './superops-error.ts';
import { textOf } from './text-of.ts';

const keepNameUnique = ({ account }: Call, name: string, except?: unknown): void => {
  const like = name.toLowerCase();
  if (account.clients.some((client) => client.accountId !== except && String(client.name).toLowerCase() === like))
    throw refusal('unique_validation_failed', 'name');
};

const siteOf = (call: Call, input: Input, client: Row): Row => {
  const site = {
    businessHour: [],
    ...input,
    id: newId(call, 'site'),
    name: given(input.name, 'name'),
    timezoneCode: given(input.timezoneCode, 'timezoneCode'),
    client: ofClient(client),
    hq: false,
  };
  call.account.sites.push(site);
  return site;
};

/** What create and update share. */
const clientChanges = ({ account }: Call, input: Input): Row => {
  const changes: Row = {};
  if ('stage' in input) changes.stage = named(account.clientStages, input.stage, 'stage');
  if ('status' in input) changes.status = named(account.clientStatuses, input.status, 'status');
  for (const name of ['emailDomains', 'customFields']) if (name in input) changes[name] = input[name];
  if (input.accountManager)
    changes.accountManager = ofUser(
      referred(account.technicians, 'userId', (input.accountManager as Row).userId, 'accountManager'),
    );
  return changes;
};

const createClientV2: Field = ({ input }, call) => {
  const asked = input as Input;
  const name = given(asked.name, 'name');
  keepNameUnique(call, name);
  const changes = clientChanges(call, asked);
  const client: Row = { stage: 'Active', status: 'Paid', emailDomains: [], ...changes, name };
  client.accountId = newId(call, 'client');
  client.hqSite = ofSite({ ...siteOf(call, asked.hqSite as Input, client), hq: true });
  call.account.clients.push(client);
  return client;
};

const updateClient: Field = ({ input }, call) => {
  const asked = input as Input;
  const client = entity(call.account.clients, 'accountId', asked.accountId);
  const changes = clientChanges(call, asked);
  if ('name' in asked) {
    changes.name = given(asked.name, 'name');
    keepNameUnique(call, String(changes.name), client.accountId);
  }
  for (const name of ['primaryContact', 'secondaryContact'])
    if (asked[name])
      changes[name] = ofUser(referred(call.account.contacts, 'userId', (asked[name] as Row).userId, name));
  return Object.assign(client, changes);
};

const createClientSite: Field = ({ input }, call) => {
  const asked = input as Input;
  const { accountId } = (asked.client ?? {}) as Row;
  if (accountId === undefined) throw refusal('mandatory_validation_failed', 'client');
  return siteOf(call, asked, referred(call.account.clients, 'accountId', accountId, 'client'));
};

const createClientUser: Field = ({ input }, call) => {
  const { account } = call;
  const asked = input as Input;
  const email = given(asked.email, 'email').toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw refusal('value_pattern_validation_failed', 'email');
  if (account.contacts.some((contact) => contact.email === email)) throw refusal('unique_validation_failed', 'email');
  const role = referred(account.roles, 'roleId', (asked.role as Row).roleId, 'role');
  const [association] = (asked.addAssociations ?? []) as { client: Row; site: Row }[];
  const client = association && referred(account.clients, 'accountId', association.client.accountId, 'client');
  const site = association && referred(account.sites, 'id', association.site.id, 'site');
  const [firstName, lastName] = [given(asked.firstName, 'firstName'), textOf(asked.lastName)];
  const contact = {
    userId: newId(call, 'contact'),
    firstName,
    lastName,
    name: `${firstName} ${lastName}`.trim(),
    email,
    contactNumber: asked.contactNumber ?? null,
    role: { roleId: role.roleId, name: role.name },
    client: client ? ofClient(client) : null,
    site: site ? ofSite(site) : null,
  };
  account.contacts.push(contact);
  return contact;
};

export const clientFields: Record<string, Field> = { createClientV2, updateClient, createClientSite, createClientUser };

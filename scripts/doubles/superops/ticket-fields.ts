import type { Row } from './account.ts';
import {
  entity,
  given,
  named,
  newId,
  nowOf,
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

const sources = { FORM: 'FORM', AGENT: 'AGENT', EMAIL: 'EMAIL', AI: 'AI', PHONE: 'PHONE', INTEGRATION: 'INTEGRATION' };

/** Names that the account must have; they are no ids. */
const namesOf = ({ account }: Call, input: Input): Row => {
  const known = {
    status: account.ticketStatuses,
    priority: account.priorities,
    impact: account.impacts,
    urgency: account.urgencies,
    category: account.categories,
    requestType: account.requestTypes,
  };
  return Object.fromEntries(
    Object.entries(known)
      .filter(([name]) => name in input)
      .map(([name, names]) => [name, named(names, input[name], name)]),
  );
};

const belongsTo = (row: Row, client: Row, attribute: string): Row => {
  if ((row.client as Row | null)?.accountId !== client.accountId)
    throw refusal('dependent_validation_failed', attribute);
  return row;
};

const peopleOf = ({ account }: Call, input: Input, client: Row): Row => {
  const people: Row = {};
  const { site, requester, technician, techGroup } = input as Record<string, Row | undefined>;
  if (site) people.site = ofSite(belongsTo(referred(account.sites, 'id', site.id, 'site'), client, 'site'));
  if (requester)
    people.requester = ofUser(
      belongsTo(referred(account.contacts, 'userId', requester.userId, 'requester'), client, 'requester'),
    );
  if (technician) people.technician = ofUser(referred(account.technicians, 'userId', technician.userId, 'technician'));
  if (techGroup) {
    const { groupId, name } = referred(account.techGroups, 'groupId', techGroup.groupId, 'techGroup');
    people.techGroup = { groupId, name };
  }
  return people;
};

const createTicket: Field = ({ input }, call) => {
  const { account } = call;
  const asked = input as Input;
  const subject = given(asked.subject, 'subject');
  const client = referred(account.clients, 'accountId', (asked.client as Row).accountId, 'client');
  const names = namesOf(call, asked);
  // Mandatory by the reference's words, although its type may be null.
  if (names.status === undefined || names.status === null) throw refusal('mandatory_validation_failed', 'status');
  const people = peopleOf(call, asked, client);
  const time = nowOf(call);
  const ticket: Row = {
    requestType: account.requestTypes[0] ?? null,
    ...names,
    ...people,
    ticketId: newId(call, 'ticket'),
    displayId: String(account.tickets.length + 1),
    subject,
    source: sources[asked.source as keyof typeof sources],
    client: ofClient(client),
    customFields: asked.customFields ?? null,
    createdTime: asked.createdTime ?? time,
    updatedTime: time,
    // Neither is a field of Ticket: they can be written, not read.
    subSource: asked.subSource ?? null,
    sourceReferenceId: asked.sourceReferenceId ?? null,
  };
  account.tickets.push(ticket);
  say(call, ticket, { type: 'DESCRIPTION', content: textOf(asked.description), user: people.requester ?? null });
  return ticket;
};

const say = (call: Call, ticket: Row, what: Row): Row => {
  const conversation = {
    conversationId: newId(call, 'conversation'),
    ticketId: ticket.ticketId,
    time: nowOf(call),
    toUsers: [],
    ccUsers: [],
    bccUsers: [],
    attachments: [],
    ...what,
  };
  call.account.conversations.push(conversation);
  ticket.updatedTime = nowOf(call);
  return conversation;
};

const updateTicket: Field = ({ input }, call) => {
  const asked = input as Input;
  const ticket = entity(call.account.tickets, 'ticketId', asked.ticketId);
  const { accountId } = (asked.client ?? ticket.client) as Row;
  const client = referred(call.account.clients, 'accountId', accountId, 'client');
  const changes = { ...namesOf(call, asked), ...peopleOf(call, asked, client), client: ofClient(client) };
  if ('subject' in asked) Object.assign(changes, { subject: given(asked.subject, 'subject') });
  call.changed();
  return Object.assign(ticket, changes, { updatedTime: nowOf(call) });
};

const createTicketConversation: Field = ({ input }, call) => {
  const asked = input as Input;
  const ticket = referred(call.account.tickets, 'ticketId', (asked.ticket as Row).ticketId, 'ticket');
  const recipients = (name: string) => ((asked[name] ?? []) as Row[]).map(({ email }) => ({ user: { email } }));
  const { userId, name } = call.user;
  return say(call, ticket, {
    type: 'TECH_REPLY',
    content: given(asked.content, 'content', 65_535),
    user: asked.user ?? { userId, name },
    toUsers: recipients('toUsers'),
    ccUsers: recipients('ccUsers'),
    bccUsers: recipients('bccUsers'),
  });
};

const createTicketNote: Field = ({ input }, call) => {
  const asked = input as Input;
  const { ticketId } = referred(call.account.tickets, 'ticketId', (asked.ticket as Row).ticketId, 'ticket');
  const { userId, name } = call.user;
  const note = {
    noteId: newId(call, 'note'),
    ticketId,
    addedBy: { userId, name },
    addedOn: nowOf(call),
    content: given(asked.content, 'content', 65_535),
    privacyType: asked.privacyType ?? 'PRIVATE',
    attachments: [],
  };
  call.account.notes.push(note);
  return note;
};

export const ticketFields: Record<string, Field> = {
  createTicket,
  updateTicket,
  createTicketConversation,
  createTicketNote,
};

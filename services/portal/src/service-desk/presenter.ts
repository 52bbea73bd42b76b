import { dayOf, instantOf } from '../superops/instant.ts';
import type { Contact as SuperOpsContact } from '../superops/mirrored.ts';
import type { Asset, Conversation, Ticket as SuperOpsTicket } from '../superops/objects.ts';
import { plainText } from '../superops/plain-text.ts';
import type { DeskContact, Device, Ticket, TicketMessage } from './contract.ts';

const nameOf = (person: { name?: string | undefined } | null): string | null => person?.name ?? null;

export const presentTicket = (ticket: SuperOpsTicket): Ticket => ({
  ticketId: ticket.ticketId,
  displayId: ticket.displayId,
  subject: ticket.subject,
  status: ticket.status,
  priority: ticket.priority,
  requester: nameOf(ticket.requester),
  technician: nameOf(ticket.technician),
  createdAt: instantOf(ticket.createdTime),
  updatedAt: instantOf(ticket.updatedTime),
});

const senders: ReadonlyMap<string, TicketMessage['from']> = new Map([
  ['DESCRIPTION', 'opening'],
  ['REQ_REPLY', 'customer'],
  ['TECH_REPLY', 'technician'],
  ['REQ_NOTIFICATION', 'notice'],
  ['TECH_NOTIFICATION', 'notice'],
]);

export const presentMessage = ({ conversationId, type, content, time, user }: Conversation): TicketMessage => ({
  id: conversationId,
  from: senders.get(type) ?? 'other',
  author: nameOf(user),
  at: instantOf(time),
  text: plainText(content ?? ''),
});

export const presentContact = ({ userId, name, email, contactNumber, site }: SuperOpsContact): DeskContact => ({
  contactId: userId,
  name,
  email,
  phone: contactNumber,
  site: nameOf(site),
});

export const presentDevice = (asset: Asset): Device => ({
  assetId: asset.assetId,
  name: asset.name,
  platform: asset.platform,
  serialNumber: asset.serialNumber,
  status: asset.status,
  lastSeenAt: instantOf(asset.lastCommunicatedTime),
  warrantyUntil: dayOf(asset.warrantyExpiryDate),
});

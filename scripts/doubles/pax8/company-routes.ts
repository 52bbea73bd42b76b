import express from 'express';
import type { Router } from 'express';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Account } from './account.ts';
import { filtered, pageOf, sorted } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

const sortFields = ['name', 'city', 'country', 'stateOrProvince', 'postalCode'];
const filterFields = [
  ...sortFields.slice(1),
  'selfServiceAllowed',
  'billOnBehalfOfEnabled',
  'orderApprovalRequired',
  'status',
];

const ContactInput = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.email(),
  phone: z.string(),
  types: z.array(z.object({ type: z.enum(['Admin', 'Billing', 'Technical']), primary: z.boolean() })).optional(),
});

const CompanyInput = z.object({
  name: z.string(),
  address: z.looseObject({}),
  phone: z.string(),
  website: z.string(),
  billOnBehalfOfEnabled: z.boolean(),
  selfServiceAllowed: z.boolean(),
  orderApprovalRequired: z.boolean(),
  externalId: z.string().optional(),
  contacts: z.array(ContactInput).optional(),
});

const CompanyChange = CompanyInput.omit({ contacts: true }).partial();

export function companyRoutes({ quirks, changed, now }: PartnerScope): Router {
  const router = express.Router();

  router.get('/companies', (req, res) => {
    const query = queryOf(req);
    const rows = sorted(query, filtered(query, accountOf(res).companies, filterFields), sortFields);
    res.json(pageOf(query, rows, quirks()));
  });
  router.get('/companies/:id', (req, res) => {
    res.json(found(accountOf(res).companies, 'Company', req.params.id));
  });
  router.post('/companies', (req, res) => {
    const { contacts, ...input } = parse(CompanyInput, req.body);
    const company = {
      id: randomUUID(),
      ...input,
      // Without primary contacts of all three types a company cannot order yet.
      status: contacts ? ('Active' as const) : ('Inactive' as const),
      updatedDate: now().toISOString(),
    };
    accountOf(res).companies.push(company);
    for (const contact of contacts ?? []) addContact(accountOf(res), company.id, contact, now());
    changed();
    res.json(company);
  });
  router.patch('/companies/:id', (req, res) => {
    const company = found(accountOf(res).companies, 'Company', req.params.id);
    const change = parse(CompanyChange, req.body);
    if (Object.keys(change).length === 0)
      throw new Pax8Error(422, 'Nothing to change', ['At least one field must change']);
    Object.assign(company, change, { updatedDate: now().toISOString() });
    changed();
    res.json(company);
  });

  router.get('/companies/:id/contacts', (req, res) => {
    const rows = contactsOf(accountOf(res), req.params.id).toReversed();
    res.json(pageOf(queryOf(req), rows.map(presentContact), quirks()));
  });
  router.get('/companies/:id/contacts/:contactId', (req, res) => {
    const { id, contactId } = req.params;
    res.json(presentContact(found(contactsOf(accountOf(res), id), 'Contact', contactId)));
  });
  router.post('/companies/:id/contacts', (req, res) => {
    found(accountOf(res).companies, 'Company', req.params.id);
    const contact = addContact(accountOf(res), req.params.id, parse(ContactInput, req.body), now());
    changed();
    res.json(presentContact(contact));
  });
  router.put('/companies/:id/contacts/:contactId', (req, res) => {
    const contact = found(contactsOf(accountOf(res), req.params.id), 'Contact', req.params.contactId);
    Object.assign(contact, parse(ContactInput, req.body));
    changed();
    res.json(presentContact(contact));
  });
  router.delete('/companies/:id/contacts/:contactId', (req, res) => {
    const account = accountOf(res);
    const contact = found(contactsOf(account, req.params.id), 'Contact', req.params.contactId);
    account.contacts = account.contacts.filter((candidate) => candidate !== contact);
    changed();
    res.status(204).end();
  });
  return router;
}

function contactsOf(account: Account, companyId: string) {
  found(account.companies, 'Company', companyId);
  return account.contacts.filter((contact) => contact.companyId === companyId);
}

function addContact(account: Account, companyId: string, input: z.infer<typeof ContactInput>, now: Date) {
  const contact = { id: randomUUID(), companyId, createdDate: now.toISOString().slice(0, 10), ...input };
  account.contacts.push(contact);
  return contact;
}

const presentContact = ({ companyId: _companyId, ...contact }: Account['contacts'][number]) => contact;

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Pax8Error(
    422,
    'Validation failed',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  );
}

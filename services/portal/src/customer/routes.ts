import type { Scope } from '@legendops/kit/db/tenant-database';
import { Id } from '@legendops/kit/contract/values';
import type { RegisteredTenant } from '@legendops/kit/db/tenant-registry';
import { created, idempotentRoute, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Customer, CustomerChange, CustomerPage, CustomerQuery, ImportResult, NewCustomer } from '../contract.ts';
import type { CustomerLimit, CustomerService } from './service.ts';

const params = z.strictObject({ customerId: Id });

const limited = <Of extends Scope>(scope: Of, tenant: RegisteredTenant): Of & CustomerLimit => ({
  ...scope,
  customerLimit: tenant.customers,
});

export const customerRoutes = (customers: CustomerService) => [
  route({
    method: 'get',
    path: '/v1/customers',
    permission: 'customer.read',
    summary: 'Customers, newest first or by name',
    query: CustomerQuery,
    responses: { 200: CustomerPage },
    handler: async ({ scope, query }) => ok(await customers.page(scope, query)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/customers',
    permission: 'customer.write',
    summary: 'A new customer',
    audit: ['customer.created'],
    body: NewCustomer,
    responses: { 201: Customer },
    handler: async ({ scope, tenant, body }, transaction) =>
      created(await customers.create(transaction, limited(scope, tenant), body)),
  }),
  route({
    method: 'get',
    path: '/v1/customers/{customerId}',
    permission: 'customer.read',
    summary: 'One customer',
    versioned: true,
    params,
    responses: { 200: Customer },
    handler: async ({ scope, params: { customerId } }) => okVersion(await customers.get(scope, customerId)),
  }),
  route({
    method: 'patch',
    path: '/v1/customers/{customerId}',
    permission: 'customer.write',
    summary: 'Renames, archives or restores a customer',
    audit: ['customer.changed'],
    versioned: true,
    ifMatch: 'required',
    params,
    body: CustomerChange,
    responses: { 200: Customer },
    handler: async ({ scope, tenant, params: { customerId }, body, ifMatch }) =>
      okVersion(await customers.change(limited(scope, tenant), customerId, ifMatch, body)),
  }),
  route({
    method: 'post',
    path: '/v1/customer-imports',
    permission: 'customer.import',
    summary: 'Makes customers of the companies at Pax8; safe to repeat',
    audit: ['customers.imported'],
    responses: { 200: ImportResult },
    handler: async ({ scope, tenant }) => ok(await customers.importFromPax8(limited(scope, tenant))),
  }),
];

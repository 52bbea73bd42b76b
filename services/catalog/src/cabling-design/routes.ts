import { Id } from '@legendops/kit/contract/values';
import { created, idempotentRoute, noContent, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  CablingDesign,
  CablingDesignChange,
  DesignPage,
  DesignQuery,
  NewCablingDesign,
  Recalculation,
} from './contract.ts';
import type { DesignService } from './service.ts';

const params = z.strictObject({ designId: Id });

// Three hundred links with everything that can be said of them are a quarter of it.
const mostBodyBytes = 1_000_000;

export const designRoutes = (designs: DesignService) => [
  route({
    method: 'get',
    path: '/v1/cabling-designs',
    permission: 'cabling-design.read',
    summary: 'Cabling designs, newest first',
    query: DesignQuery,
    responses: { 200: DesignPage },
    handler: async ({ scope, query }) => ok(await designs.page(scope, query)),
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/cabling-designs',
    permission: 'cabling-design.write',
    summary: 'A new cabling design; it is computed and kept with the versions and inputs of its calculators',
    audit: ['cabling-design.created'],
    mostBodyBytes,
    body: NewCablingDesign,
    responses: { 201: CablingDesign },
    handler: async ({ scope, body }, transaction) => created(await designs.create(transaction, scope, body)),
  }),
  route({
    method: 'get',
    path: '/v1/cabling-designs/{designId}',
    permission: 'cabling-design.read',
    summary: 'One cabling design with its calculations, labels and bill of materials, as they were when it was saved',
    versioned: true,
    params,
    responses: { 200: CablingDesign },
    handler: async ({ scope, params: { designId } }) => okVersion(await designs.get(scope, designId)),
  }),
  route({
    method: 'patch',
    path: '/v1/cabling-designs/{designId}',
    permission: 'cabling-design.write',
    summary: 'Changes a cabling design; another content is computed anew',
    audit: ['cabling-design.changed'],
    versioned: true,
    ifMatch: 'required',
    mostBodyBytes,
    params,
    body: CablingDesignChange,
    responses: { 200: CablingDesign },
    handler: async ({ scope, params: { designId: id }, body, ifMatch: version }) =>
      okVersion(await designs.change(scope, { id, version }, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/cabling-designs/{designId}',
    permission: 'cabling-design.write',
    summary: 'Removes a cabling design',
    audit: ['cabling-design.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { designId: id }, ifMatch: version }) => {
      await designs.remove(scope, { id, version });
      return noContent();
    },
  }),
  route({
    method: 'get',
    path: '/v1/cabling-designs/{designId}/recalculation',
    permission: 'cabling-design.write',
    summary: 'What a design would say with today’s calculators, products and prices; nothing is changed',
    params,
    responses: { 200: Recalculation },
    handler: async ({ scope, params: { designId } }) => ok(await designs.compare(scope, designId)),
  }),
  route({
    method: 'put',
    path: '/v1/cabling-designs/{designId}/recalculation',
    permission: 'cabling-design.write',
    summary: 'Computes a design anew with today’s calculators, products and prices',
    audit: ['cabling-design.recalculated'],
    versioned: true,
    ifMatch: 'required',
    params,
    responses: { 200: CablingDesign },
    handler: async ({ scope, params: { designId: id }, ifMatch: version }) =>
      okVersion(await designs.recalculate(scope, { id, version })),
  }),
];

import { Id } from '@legendops/kit/contract/values';
import { PageQuery } from '@legendops/kit/contract/page';
import { created, noContent, ok, okVersion, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import {
  NewStencil,
  NewStencilVersion,
  Stencil,
  StencilChange,
  StencilLink,
  StencilPage,
  StencilVersions,
} from './contract.ts';
import type { StencilService } from './service.ts';
import type { StencilUploadService } from './upload-service.ts';

const params = z.strictObject({ stencilId: Id });

export const stencilRoutes = (stencils: StencilService, uploads: StencilUploadService) => [
  route({
    method: 'get',
    path: '/v1/stencils',
    permission: 'stencil.read',
    summary: 'Stencils, newest first',
    query: PageQuery,
    responses: { 200: StencilPage },
    handler: async ({ scope, query }) => ok(await stencils.page(scope, query)),
  }),
  // Not by an Idempotency-Key: its transaction would be held while a file is read. The same bytes under the same name are
  // the same stencil, however often they come.
  route({
    method: 'post',
    path: '/v1/stencils',
    permission: 'stencil.write',
    summary: 'A new stencil, of a file that was uploaded; nothing is kept of one that is refused',
    audit: ['stencil.created'],
    waits: true,
    body: NewStencil,
    responses: { 200: Stencil, 201: Stencil },
    handler: async ({ scope, tenant, body }) => {
      const { stencil, wasThere } = await uploads.create(scope, tenant, body);
      return wasThere ? ok(stencil) : created(stencil);
    },
  }),
  route({
    method: 'get',
    path: '/v1/stencils/{stencilId}',
    permission: 'stencil.read',
    summary: 'One stencil, as its newest version is',
    versioned: true,
    params,
    responses: { 200: Stencil },
    handler: async ({ scope, params: { stencilId } }) => okVersion(await stencils.get(scope, stencilId)),
  }),
  route({
    method: 'patch',
    path: '/v1/stencils/{stencilId}',
    permission: 'stencil.write',
    summary: 'Renames a stencil, or publishes it to the people of customers',
    audit: ['stencil.changed'],
    versioned: true,
    ifMatch: 'required',
    params,
    body: StencilChange,
    responses: { 200: Stencil },
    handler: async ({ scope, params: { stencilId: id }, body, ifMatch: version }) =>
      okVersion(await stencils.change(scope, { id, version }, body)),
  }),
  route({
    method: 'delete',
    path: '/v1/stencils/{stencilId}',
    permission: 'stencil.write',
    summary: 'Removes a stencil with all its versions',
    audit: ['stencil.removed'],
    ifMatch: 'required',
    params,
    responses: { 204: null },
    handler: async ({ scope, params: { stencilId: id }, ifMatch: version }) => {
      await stencils.remove(scope, { id, version });
      return noContent();
    },
  }),
  route({
    method: 'get',
    path: '/v1/stencils/{stencilId}/versions',
    permission: 'stencil.read',
    summary: 'The versions of a stencil, newest first',
    params,
    responses: { 200: StencilVersions },
    handler: async ({ scope, params: { stencilId } }) => ok({ data: await stencils.versions(scope, stencilId) }),
  }),
  route({
    method: 'post',
    path: '/v1/stencils/{stencilId}/versions',
    permission: 'stencil.write',
    summary: 'A new version of a stencil, which products are drawn by from now on; the same bytes are the same version',
    audit: ['stencil.version-added'],
    waits: true,
    params,
    body: NewStencilVersion,
    responses: { 200: Stencil, 201: Stencil },
    handler: async ({ scope, tenant, params: { stencilId: id }, body }) => {
      const { stencil, wasThere } = await uploads.addVersion(scope, tenant, { ...body, id });
      return wasThere ? ok(stencil) : created(stencil);
    },
  }),
  route({
    method: 'get',
    path: '/v1/stencils/{stencilId}/versions/{number}/link',
    permission: 'stencil.read',
    summary: 'A signed address at which the package of a version can be fetched, as it was uploaded',
    params: params.extend({ number: z.coerce.number().int().min(1).max(10_000) }),
    responses: { 200: StencilLink },
    handler: async ({ scope, params: { stencilId: id, number } }) => ok(await stencils.link(scope, { id, number })),
  }),
];

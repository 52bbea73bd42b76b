import { Id } from '@legendops/kit/contract/values';
import { created, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { Media, MediaLink, MediaUsage, NewUpload, Upload } from './contract.ts';
import type { MediaService } from './service.ts';

const params = z.strictObject({ mediaId: Id });

export const mediaRoutes = (media: MediaService) => [
  route({
    method: 'post',
    path: '/v1/media-uploads',
    permission: 'media.write',
    summary: 'Reserves room for a file, and says where to put its bytes',
    audit: { none: 'Nothing is kept until the file was looked at, and nobody sees it until something names it' },
    body: NewUpload,
    responses: { 201: Upload },
    handler: async ({ scope, tenant, body }) => created(await media.begin(scope, tenant, body)),
  }),
  route({
    method: 'post',
    path: '/v1/media-uploads/{uploadId}/completion',
    permission: 'media.write',
    summary: 'Looks at the bytes that were put there, and keeps them or says why not; asked again it answers the same',
    audit: { none: 'Nobody sees the file until something names it, which is told' },
    params: z.strictObject({ uploadId: Id }),
    responses: { 200: Media },
    handler: async ({ scope, params: { uploadId } }) => ok(await media.finish(scope, uploadId)),
  }),
  route({
    method: 'get',
    path: '/v1/media-usage',
    permission: 'media.write',
    summary: 'How many bytes this organisation keeps, and may keep',
    responses: { 200: MediaUsage },
    handler: async ({ scope, tenant }) => ok(await media.usage(scope, tenant)),
  }),
  route({
    method: 'get',
    path: '/v1/media/{mediaId}',
    permission: 'media.read',
    summary: 'What is known of one file',
    params,
    responses: { 200: Media },
    handler: async ({ scope, params: { mediaId } }) => ok(await media.get(scope, mediaId)),
  }),
  route({
    method: 'get',
    path: '/v1/media/{mediaId}/link',
    permission: 'media.read',
    summary: 'A signed address of one file, for fifteen minutes at most',
    params,
    responses: { 200: MediaLink },
    handler: async ({ scope, params: { mediaId } }) => ok(await media.link(scope, mediaId)),
  }),
];

import { Id } from '@legendops/kit/contract/values';
import { route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { billCsv, linksCsv } from './design-csv.ts';
import { designPdf } from './design-pdf.ts';
import type { DesignService } from './service.ts';

const params = z.strictObject({ designId: Id });

/** Of the design alone: what people call it may hold what no file name does. */
const nameOf = ({ id, version }: { id: string; version: number }): string => `cabling-${id.slice(-12)}-v${version}`;

export const designExportRoutes = (designs: Pick<DesignService, 'get'>) => [
  route({
    method: 'get',
    path: '/v1/cabling-designs/{designId}/pdf',
    permission: 'cabling-design.read',
    summary: 'A cabling design to print, with its warnings and bill of materials (PDF)',
    params,
    responses: { 200: null },
    handler: async ({ scope, tenant, params: { designId } }) => {
      const design = await designs.get(scope, designId);
      return {
        status: 200,
        pdf: { name: `${nameOf(design)}.pdf`, bytes: await designPdf(design, tenant.displayName) },
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/cabling-designs/{designId}/bill',
    permission: 'cabling-design.read',
    summary: 'The bill of materials of a cabling design as a table (CSV)',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { designId } }) => {
      const design = await designs.get(scope, designId);
      return { status: 200, csv: { name: `${nameOf(design)}-bill.csv`, text: billCsv(design) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/cabling-designs/{designId}/links',
    permission: 'cabling-design.read',
    summary: 'The links of a cabling design with the labels of both ends as a table (CSV)',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { designId } }) => {
      const design = await designs.get(scope, designId);
      return { status: 200, csv: { name: `${nameOf(design)}-links.csv`, text: linksCsv(design) } };
    },
  }),
];

import { describe, expect, it } from 'vitest';
import { auditActs } from '@legendops/kit/contract/audit-acts';
import { openApiDocument } from '@legendops/kit/http/openapi';
import { actsOf } from '@legendops/kit/http/route';
import { serviceRoutes } from '../generate/service-routes.ts';

interface Answer {
  $ref?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, unknown>;
}
interface Operation {
  operationId: string;
  requestBody?: unknown;
  responses: Record<string, Answer>;
}

describe.each(serviceRoutes)('the document of $service, $prefix', ({ service, prefix, routes }) => {
  const { paths = {}, components } = openApiDocument({ service, prefix, routes });
  const resolved = (answer: Answer | undefined): Answer | undefined =>
    answer?.$ref === undefined ? answer : components?.responses?.[answer.$ref.replace('#/components/responses/', '')];
  const headersOf = (answer: Answer | undefined): string[] => Object.keys(resolved(answer)?.headers ?? {});

  it('has every route', () => {
    const count = Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
    expect(count).toBe(routes.length);
  });

  const operations = routes.map((route) => ({
    name: `${route.method} ${route.path}`,
    route,
    operation: (paths[prefix + route.path] as Record<string, unknown>)[route.method] as Operation,
  }));

  it.runIf(operations.length > 0).each(operations)('says of $name how it can end', ({ route, operation }) => {
    const { responses } = operation;
    const always = ['400', '405', '429', '500', '503'];
    const ofBody = ['413', '415'];
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(always));
    expect(ofBody.filter((status) => status in responses)).toEqual(operation.requestBody ? ofBody : []);
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined);
    for (const [status, answer] of Object.entries(responses)) {
      // What a route declares without a schema is a page for people.
      if (Number(status) >= 400 && route.responses[Number(status)] !== null)
        expect([status, ...Object.keys(resolved(answer)?.content ?? {})]).toEqual([status, 'application/problem+json']);
    }
    expect(headersOf(responses['405'])).toEqual(['Allow']);
    expect(headersOf(responses['429'])).toEqual(['Retry-After']);
    expect(headersOf(responses['503'])).toEqual(['Retry-After']);
    if (responses['302']) expect(headersOf(responses['302'])).toEqual(['Location']);
    if (responses['304']) expect(headersOf(responses['304'])).toEqual(['ETag']);
    expect(headersOf(responses['200'])).toEqual(route.versioned || route.picture ? ['ETag'] : []);
    if (route.ifMatch && responses['200']) expect(route.versioned).toBe(true);
  });
});

it('every act of the audit trail is declared by a route, or is no route’s', () => {
  // Of jobs, vendors' answers, the service's own work, the operator's functions, the platform's commands, and the trail itself.
  const others = [
    'connection.paused',
    'directory.added',
    'directory.removed',
    'entry.unreadable',
    'invoice.approval-lapsed',
    'invoice.posted',
    'invoice.void-lapsed',
    'invoice.voided',
    'invoices.drafted',
    'period.closed',
    'product.followed',
    'tenant.changed',
    'tenant.registered',
  ];
  const declared = serviceRoutes.flatMap(({ routes }) => routes.flatMap(actsOf));
  expect([...new Set([...declared, ...others])].toSorted()).toEqual(Object.keys(auditActs).toSorted());
  expect(others.filter((act) => declared.some((one) => one === act))).toEqual([]);
});

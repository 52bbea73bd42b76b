import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../auth/actor.ts';
import { addToContext, type LogContext } from '../log/request-context.ts';
import { actingAs, asMember, asNobody, type Acting, type ActingScope } from '../audit/audit.ts';
import type { AuditAct } from '../contract/audit-acts.ts';
import type { Scope, TenantDatabase } from '../db/tenant-database.ts';
import type { Transaction } from '../db/transaction.ts';
import { admissionOf, type Caller, type Gates } from './admission.ts';
import { problem } from '../errors/problem.ts';
import { idempotently } from './idempotency.ts';
import { hasBody, readJsonBody, usualBodyBytes } from './json-body.ts';
import { parseQuery, partsParser } from './parse-input.ts';
import { actsOf, type Answer, type Route } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { sendParts } from './send-parts.ts';
import type { StrangerLimits } from './stranger-limits.ts';
import { versionTagPattern } from './version-tag.ts';
import { wrongPlace } from './wrong-places.ts';

export interface Options {
  gates: Gates;
  strangers: StrangerLimits;
  prefix: string;
  /** Where answers to an Idempotency-Key are stored, with what was done. */
  database: TenantDatabase;
  validateAnswers: boolean;
}

/** One request on its way through its route. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  params: Readonly<Record<string, string>>;
  address: string;
  context: LogContext;
}

const versionAsked = ({ ifMatch }: Route, request: IncomingMessage): number => {
  if (!ifMatch) return 0;
  const header = request.headers['if-match'];
  if (header === undefined) throw problem('version.missing', { detail: 'If-Match is to carry the ETag that was read' });
  const match = versionTagPattern.exec(header);
  if (!match) throw problem('version.stale');
  return Number(match[1]);
};

const refuseBody = (request: IncomingMessage): undefined => {
  if (hasBody(request)) throw wrongPlace(['body'], 'unexpected', 'This operation takes no body');
};

// Of all headers only set-cookie comes as a list, and no request carries it.
const singleValues = (request: IncomingMessage): Record<string, string | undefined> =>
  request.headers as Record<string, string | undefined>;

// What a handler may write down is what its route declares, which its type has seen to.
const acting = (who: Acting): ActingScope<AuditAct> => {
  addToContext(
    who.author.id === null ? { tenantId: who.tenantId } : { tenantId: who.tenantId, memberId: who.author.id },
  );
  return actingAs(who);
};

const scopeOf = (route: Route, actor: Actor): Scope => {
  const { tenantId, customerId } = actor;
  if (actsOf(route).length === 0) return { tenantId, customerId };
  return { ...actingAs({ tenantId, author: asMember(actor) }), customerId };
};

interface Read {
  exchange: Exchange;
  caller: Caller;
  parts: unknown[];
}

/** What a handler receives. A class, because a signal is made for the few handlers alone that ask for it. */
class HandlerInput {
  readonly #response: ServerResponse;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly actor: Caller['actor'];
  readonly tenant: Caller['tenant'];
  readonly workload: Caller['workload'];
  readonly scope: Scope | undefined;

  readonly actAs = acting;

  constructor(route: Route, { exchange: { request, response }, caller, parts }: Read) {
    const { actor, tenant, workload } = caller;
    const [params, query, body] = parts;
    this.#response = response;
    this.params = params;
    this.query = query;
    this.body = body;
    this.ifMatch = versionAsked(route, request);
    this.headers = singleValues(request);
    this.actor = actor;
    this.tenant = tenant;
    this.workload = workload;
    this.scope = actor && scopeOf(route, actor);
  }

  get actFor(): (tenantId: string) => ActingScope<AuditAct> {
    const author = asNobody('job', this.workload?.serviceAccount ?? '');
    return (tenantId) => acting({ tenantId, author });
  }

  /** Aborts when the client leaves. */
  get signal(): AbortSignal {
    const leaving = new AbortController();
    if (this.#response.destroyed) leaving.abort();
    else this.#response.once('close', () => leaving.abort());
    return leaving.signal;
  }
}

const checkAnswer = (route: Route, answer: Answer): void => {
  const schema = route.responses[answer.status];
  if (schema === undefined)
    throw new Error(`${route.method} ${route.path} answered ${answer.status}, which it does not declare`);
  if (schema !== null) schema.parse(answer.body);
  const isVersioned = (route.versioned === true || route.picture !== undefined) && answer.status === 200;
  if (isVersioned !== (answer.headers?.etag !== undefined))
    throw new Error(`${route.method} ${route.path} has an ETag and does not declare it, or declares one and has none`);
};

// A saved file has no content type any more: without this mark Excel reads “Zürich” as “ZÃ¼rich”.
const byteOrderMark = '\ufeff';
const csvType = 'text/csv; charset=utf-8';

const namedFile = (name: string): string[] => ['content-disposition', `attachment; filename="${name}"`];

async function* marked(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let mark = byteOrderMark;
  for await (const part of parts) {
    yield `${mark}${part}`;
    mark = '';
  }
}

const fileOf = ({
  csv,
  pdf,
}: Answer): { name: string; content: string | Uint8Array; contentType: string } | undefined => {
  if (typeof csv?.text === 'string')
    return { name: csv.name, content: `${byteOrderMark}${csv.text}`, contentType: csvType };
  return pdf && { name: pdf.name, content: pdf.bytes, contentType: 'application/pdf' };
};

const send = ({ request, response, context }: Exchange, limits: readonly string[], answer: Answer): void => {
  const headers = answer.headers === undefined ? limits : [...limits, ...Object.entries(answer.headers).flat()];
  const etag = answer.headers?.etag;
  if (etag !== undefined && request.method === 'GET' && request.headers['if-none-match'] === etag) {
    // The type is not sent without a body: it says that the answer's own headers stand in place of the usual ones.
    const contentType = answer.picture?.type;
    sendAnswer(request, response, context, { status: 304, headers, ...(contentType && { contentType }) });
    return;
  }
  const { status, cookies, html, picture } = answer;
  if (picture !== undefined) {
    sendAnswer(request, response, context, { status, headers, text: picture.bytes, contentType: picture.type });
    return;
  }
  const file = fileOf(answer);
  if (file !== undefined) {
    sendAnswer(request, response, context, {
      status,
      headers: [...headers, ...namedFile(file.name)],
      cookies,
      text: file.content,
      contentType: file.contentType,
    });
    return;
  }
  if (html !== undefined) {
    sendAnswer(request, response, context, {
      status,
      headers,
      cookies,
      text: html,
      contentType: 'text/html; charset=utf-8',
    });
    return;
  }
  const text = answer.body === undefined ? undefined : JSON.stringify(answer.body);
  sendAnswer(request, response, context, { status, headers, cookies, text });
};

/** A table that comes in parts. */
const sendTable = async (
  { request, response, context }: Exchange,
  { limits, stillIn }: Pick<Caller, 'limits' | 'stillIn'>,
  { status, name, parts }: { status: number; name: string; parts: AsyncIterable<string> },
): Promise<void> => {
  const head = { status, headers: [...limits, ...namedFile(name)], contentType: csvType, isOpen: true };
  const begin = (): void => sendAnswer(request, response, context, head);
  await sendParts(response, marked(parts), { begin, stillIn });
};

/** How requests of one route are answered: admit, read, parse, act, answer. */
export const answerRoute = (route: Route, options: Options): ((exchange: Exchange) => Promise<void>) => {
  const { idempotent, mostBodyBytes = usualBodyBytes, verifyBody } = route;
  // Without a transaction where it is not idempotent: its type asks for none.
  const handler = route.handler as (input: HandlerInput, transaction?: Transaction) => Promise<Answer> | Answer;
  const admit = admissionOf(route, options.gates, options.strangers);
  const name = `${route.method} ${options.prefix}${route.path}`;

  const parse = partsParser(route);

  const act = async (exchange: Exchange, caller: Caller): Promise<Answer> => {
    const { request } = exchange;
    const sent = route.body ? await readJsonBody(request, mostBodyBytes, verifyBody) : refuseBody(request);
    // A client may take half a minute for its body: whoever was put out meanwhile must not act by the last byte of it.
    if (route.body) await caller.stillIn?.();
    const parts = parse({ params: exchange.params, query: parseQuery(request.url ?? ''), body: sent });
    const input = new HandlerInput(route, { exchange, caller, parts });
    if (!idempotent || !input.scope) return handler(input);
    const [params, query, body] = parts;
    const asked = { scope: input.scope, route: name, key: input.headers['idempotency-key'] };
    // Who asks is part of what is asked: nobody is told of another person's act as if it were theirs.
    const content = { person: input.actor?.memberId, params, query, body };
    return idempotently(options.database, { ...asked, content }, async (transaction) => handler(input, transaction));
  };

  return async (exchange) => {
    const caller = await admit(exchange);
    const answer = await act(exchange, caller);
    if (route.waits) await caller.stillIn?.();
    if (options.validateAnswers) checkAnswer(route, answer);
    const { status, csv } = answer;
    if (csv !== undefined && typeof csv.text !== 'string')
      await sendTable(exchange, caller, { status, name: csv.name, parts: csv.text });
    else send(exchange, caller.limits, answer);
  };
};

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { callLog } from './call-log.ts';
import { FaultRule, replacementOf } from './fault.ts';
import type { Fault } from './fault.ts';
import { holdReply } from './held-reply.ts';

type Armed = FaultRule & { id: number; hits: number };

export type FaultControl = {
  /** Puts `/_control/{faults,calls,reset}` and the armed faults before a handler. */
  around: (handler: RequestListener) => RequestListener;
  add: (rules: FaultRule[]) => void;
  clear: () => void;
  /** `special` of the fault that met this request. */
  specialOf: (req: IncomingMessage) => string | undefined;
  /** With their hits: a fault that was never met proves nothing. */
  readonly armed: readonly Armed[];
  readonly calls: ReturnType<typeof callLog>['calls'];
};

const Rules = z.union([z.array(FaultRule), FaultRule.transform((rule) => [rule])]);

export function faultControl({ reset, now }: { reset: () => void | Promise<void>; now: () => Date }): FaultControl {
  const log = callLog(now);
  const specials = new WeakMap<IncomingMessage, string>();
  let armed: Armed[] = [];
  let lastId = 0;

  const add = (rules: FaultRule[]) => {
    armed = [...armed, ...rules.map((rule) => ({ ...rule, id: ++lastId, hits: 0 }))];
  };
  const clear = () => {
    armed = [];
  };
  const control: Record<string, (req: IncomingMessage) => Promise<unknown>> = {
    'GET /_control/faults': async () => armed,
    'POST /_control/faults': async (req) => {
      add(Rules.parse(await json(req)));
      return armed;
    },
    'DELETE /_control/faults': async () => clear(),
    'GET /_control/calls': async () => log.calls,
    'POST /_control/reset': async () => {
      clear();
      log.clear();
      await reset();
    },
  };
  const around =
    (handler: RequestListener): RequestListener =>
    (req, res) => {
      const path = new URL(req.url ?? '/', 'http://double').pathname;
      const own = control[`${req.method} ${path}`];
      if (own) return void answer(res, own(req));
      if (path.startsWith('/_control/')) return handler(req, res);
      log.record(req, res);
      const met = armed.find((rule) => meets(rule, req));
      if (!met) return handler(req, res);
      met.hits += 1;
      if (met.fault.special) specials.set(req, met.fault.special);
      // What HTTP does not allow shows only when it is sent: as much as to break the connection.
      misbehave(met.fault, { req, res, handler }).catch(() => req.socket.destroy());
    };
  return {
    around,
    add,
    clear,
    specialOf: (req) => specials.get(req),
    get armed() {
      return armed;
    },
    calls: log.calls,
  };
}

function meets({ match, hits }: Armed, req: IncomingMessage): boolean {
  if (match.count !== undefined && hits >= match.count) return false;
  if (match.method !== undefined && match.method.toUpperCase() !== req.method) return false;
  return match.path === undefined || new RegExp(match.path).test(decoded(req.url ?? '/'));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

type Exchange = { req: IncomingMessage; res: ServerResponse; handler: RequestListener };

async function misbehave(fault: Fault, { req, res, handler }: Exchange): Promise<void> {
  if (fault.delayMs) await sleep(fault.delayMs);
  if (fault.dropConnection === 'before') return void req.socket.destroy();
  const replacement = replacementOf(fault);
  if (replacement && !fault.committed && !fault.dropConnection && fault.truncate === undefined) {
    req.resume();
    res.writeHead(replacement.status, {
      ...replacement.headers,
      'content-length': Buffer.byteLength(replacement.body),
    });
    return void res.end(replacement.body);
  }
  holdReply(res, (reply) => {
    for (const [name, value] of Object.entries(fault.headers ?? {})) res.setHeader(name, value);
    if (fault.dropConnection === 'after') req.socket.destroy();
    else if (fault.truncate !== undefined) reply.breakAfter(fault.truncate);
    else if (replacement) reply.replace(replacement);
    else reply.send();
  });
  handler(req, res);
}

async function answer(res: ServerResponse, work: Promise<unknown>): Promise<void> {
  try {
    const body = (await work) ?? {};
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    res.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
  }
}

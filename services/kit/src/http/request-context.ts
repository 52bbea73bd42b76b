import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { runInContext } from '../log/request-context.ts';
import { continueTrace } from '../log/trace-context.ts';

/** Gives the request an id and a trace, in the answer's headers and in every log line of the request. */
export const requestContext = (request: Request, response: Response, next: NextFunction): void => {
  const requestId = randomUUID();
  const trace = continueTrace(request.headers.traceparent?.toString());
  response.setHeader('x-request-id', requestId);
  response.setHeader('traceparent', trace.traceparent);
  runInContext({ requestId, ...trace }, next);
};

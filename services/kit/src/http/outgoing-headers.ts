import { currentContext } from '../log/request-context.ts';

/** Of every call to another service of ours: who calls, and which trace the call belongs to. */
export const outgoingHeaders = (token: string): Record<string, string> => {
  const { traceparent } = currentContext();
  return { authorization: `Bearer ${token}`, ...(traceparent !== undefined && { traceparent }) };
};

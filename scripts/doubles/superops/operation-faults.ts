import * as z from 'zod';
import type { Call, Field } from './call.ts';
import { clientErrorCodes, refusal } from './superops-error.ts';

/** A fault of one field of Query or Mutation; what is wrong with the transport is `/_control/faults`. */
export const OperationFault = z.strictObject({
  operation: z.string(),
  effect: z.union([
    z.enum(clientErrorCodes),
    // Done, and nobody is told; the rest of what may come instead of an answer is the transport's.
    z.literal('lose-reply'),
    // No error and nothing in `data`: a create that has failed all the same.
    z.literal('null'),
    // Done, and told in these words instead: a text as it is, anything else as JSON.
    z.strictObject({ answer: z.unknown(), status: z.int().min(200).max(599).default(200) }),
  ]),
  /** How many calls it meets; absent: all. */
  count: z.int().positive().optional(),
  /** How many it lets through before. */
  after: z.int().nonnegative().default(0),
});

export type OperationFault = z.input<typeof OperationFault>;
type Armed = z.infer<typeof OperationFault> & { seen: number; hits: number };

export const operationFaults = () => {
  let armed: Armed[] = [];
  return {
    add: (fault: OperationFault) => {
      armed.push({ ...OperationFault.parse(fault), seen: 0, hits: 0 });
    },
    clear: () => {
      armed = [];
    },
    /** With their hits: a fault that was never met proves nothing. */
    get armed(): readonly Armed[] {
      return armed;
    },
    around:
      (operation: string, field: Field): Field =>
      (args, call: Call) => {
        const met = armed.find((fault) => {
          if (fault.operation !== operation || fault.hits === fault.count) return false;
          fault.seen += 1;
          return fault.seen > fault.after;
        });
        if (!met) return field(args, call);
        met.hits += 1;
        if (met.effect === 'null') return null;
        if (typeof met.effect === 'object') call.instead = met.effect;
        else if (met.effect === 'lose-reply') call.loseReply = true;
        else throw refusal(met.effect);
        return field(args, call);
      },
  };
};

export type OperationFaults = ReturnType<typeof operationFaults>;

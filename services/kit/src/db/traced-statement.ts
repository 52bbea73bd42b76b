import { startSpan } from '../trace/in-span.ts';
import type { SpanStart } from '../trace/span.ts';

const starts = new Map<string, SpanStart>();
// As collectors show a name: the verb and what it is about.
const about = /\b(?:from|into|update|join)\s+([a-z_]+\.[a-z_]+)/i;

const startOf = (text: string): SpanStart => {
  const known = starts.get(text);
  if (known) return known;
  const operation = (/[a-z]+/i.exec(text)?.[0] ?? 'sql').toUpperCase();
  const table = about.exec(text)?.[1];
  const start: SpanStart = {
    name: table === undefined ? operation : `${operation} ${table}`,
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      'db.query.text': text.replaceAll(/\s+/g, ' ').trim(),
    },
  };
  starts.set(text, start);
  return start;
};

/** A statement that was sent, as a span of the running trace: its text is a constant, what it is asked with stays out. */
export const tracedStatement = <Result>(text: string, sent: Promise<Result>): Promise<Result> => {
  const span = startSpan(startOf(text));
  if (span === undefined) return sent;
  return sent.then(
    (result) => {
      span.end();
      return result;
    },
    (error: unknown) => {
      span.fail(error);
      span.end();
      throw error;
    },
  );
};

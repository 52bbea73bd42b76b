import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from '../http/listen.ts';
import { bytesIn, fieldsOf, type Fields } from './protobuf-fields.ts';

export interface CollectedSpan {
  service: string;
  traceId: string;
  spanId: string;
  /** Empty where it began the trace. */
  parentSpanId: string;
  name: string;
  kind: number;
  failed: boolean;
  attributes: Record<string, string | number>;
}

export interface Collector {
  url: string;
  spans: CollectedSpan[];
  /** Everything that was sent, as it came. */
  bodies: Buffer[];
  authorizations: (string | undefined)[];
  /** What it answers from now on; 200 takes the spans. */
  answer: number;
  /** The only one of that name; throws where there is none, or another. */
  span(name: string): CollectedSpan;
  close(): Promise<void>;
}

const textIn = (fields: Fields, number: number): string => bytesIn(fields, number)[0]?.toString() ?? '';
const hexIn = (fields: Fields, number: number): string => bytesIn(fields, number)[0]?.toString('hex') ?? '';

// The places of opentelemetry-proto 1.x: KeyValue, AnyValue, Resource, Span.
const attributesOf = (owner: Fields, number: number): Record<string, string | number> =>
  Object.fromEntries(
    bytesIn(owner, number).map((bytes) => {
      const pair = fieldsOf(bytes);
      const value = fieldsOf(bytesIn(pair, 2)[0] ?? Buffer.alloc(0));
      const [whole] = value.get(3) ?? [];
      return [textIn(pair, 1), typeof whole === 'bigint' ? Number(whole) : textIn(value, 1)];
    }),
  );

const spanOf = (service: string, bytes: Buffer): CollectedSpan => {
  const fields = fieldsOf(bytes);
  const [kind = 0n] = fields.get(6) ?? [];
  const [code] = fieldsOf(bytesIn(fields, 15)[0] ?? Buffer.alloc(0)).get(3) ?? [];
  return {
    service,
    traceId: hexIn(fields, 1),
    spanId: hexIn(fields, 2),
    parentSpanId: hexIn(fields, 4),
    name: textIn(fields, 5),
    kind: Number(kind),
    failed: code === 2n,
    attributes: attributesOf(fields, 9),
  };
};

const spansOf = (body: Buffer): CollectedSpan[] =>
  bytesIn(fieldsOf(body), 1).flatMap((bytes) => {
    const resource = fieldsOf(bytes);
    const { 'service.name': service = '' } = attributesOf(fieldsOf(bytesIn(resource, 1)[0] ?? Buffer.alloc(0)), 1);
    return bytesIn(resource, 2).flatMap((scope) =>
      bytesIn(fieldsOf(scope), 2).map((span) => spanOf(String(service), span)),
    );
  });

/** A collector of OTLP over HTTP that reads what it is sent, byte by byte as the protocol has it. */
export const startCollector = async (): Promise<Collector> => {
  const server = await listen(
    createServer((request, response) => {
      const take = async (): Promise<void> => {
        const body = await buffer(request);
        collector.authorizations.push(request.headers.authorization);
        const isRight = request.headers['content-type'] === 'application/x-protobuf' && request.url === '/v1/traces';
        if (isRight && collector.answer === 200) {
          collector.bodies.push(body);
          collector.spans.push(...spansOf(body));
        }
        response.writeHead(isRight ? collector.answer : 415).end();
      };
      take().catch(() => response.destroy());
    }),
    0,
    '127.0.0.1',
  );
  const collector: Collector = {
    url: `http://127.0.0.1:${server.port}/v1/traces`,
    spans: [],
    bodies: [],
    authorizations: [],
    answer: 200,
    span: (name) => {
      const found = collector.spans.filter((span) => span.name === name);
      if (found.length !== 1 || found[0] === undefined)
        throw new Error(
          `${found.length} spans are called ${name}, of ${collector.spans.map((one) => one.name).join(', ')}`,
        );
      return found[0];
    },
    close: () => server.close(0),
  };
  return collector;
};

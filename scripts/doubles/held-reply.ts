import type { ServerResponse } from 'node:http';

/** A reply that a handler finished and that has not left yet. */
export type HeldReply = {
  body: Buffer;
  send: () => void;
  replace: (reply: { status: number; headers: Record<string, string>; body: string }) => void;
  breakAfter: (bytes: number) => void;
};

/** Keeps back what the handler writes, until `decide` says what becomes of it. */
export function holdReply(res: ServerResponse, decide: (reply: HeldReply) => void): void {
  const end = res.end.bind(res);
  const write = res.write.bind(res);
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const release = () => Object.assign(res, { end, write });

  Object.assign(res, {
    write: (chunk: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      return true;
    },
    end: (chunk?: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      release();
      const body = Buffer.concat(chunks);
      decide({
        body,
        send: () => end(body),
        replace: (reply) => {
          for (const name of res.getHeaderNames()) res.removeHeader(name);
          res.statusCode = reply.status;
          for (const [name, value] of Object.entries(reply.headers)) res.setHeader(name, value);
          res.setHeader('content-length', Buffer.byteLength(reply.body));
          end(reply.body);
        },
        breakAfter: (bytes) => {
          res.setHeader('content-length', body.length);
          write(body.subarray(0, bytes), () => res.destroy());
        },
      });
      return res;
    },
  });
}

const isEncoding = (value: unknown): value is BufferEncoding => typeof value === 'string' && Buffer.isEncoding(value);

import type { IncomingMessage, ServerResponse } from 'node:http';
import { dumpYaml, loadYaml } from '@kubernetes/client-node';
import { Agent, request as send } from 'undici';
import { listen } from '../../loopback/listen.ts';

/** What becomes of one line of a watch: none, one or several lines that are passed on, now or later. */
export type LineFault = (line: string, pass: (line: string) => void) => void;

/** What is answered in place of the API server. */
export type Answer =
  | { status: number; body: string; headers?: Record<string, string> }
  | 'reset'
  /** Headers of a watch, and then nothing for ever, as behind a connection that is half open. */
  | 'silence';

type Admission = (object: Record<string, unknown>, asked: Asked) => Record<string, unknown>;

export interface Asked {
  method: string;
  path: string;
  isWatch: boolean;
}

export interface WatchProxy {
  /** Of the API server as seen through the proxy. */
  kubeconfig: string;
  /** Every request so far. */
  asked: Asked[];
  /** In place of the real answer, where it gives one. */
  answer: ((asked: Asked) => Answer | undefined) | undefined;
  line: LineFault;
  /** What becomes of an object that is written, as admission would change it at the door. */
  admit: Admission;
  /** Told when the server has answered, before the client learns of it. */
  answered: ((asked: Asked) => void) | undefined;
  /** Ends what streams now: in order, abruptly, or by passing nothing on any more. */
  breakStreams(how: 'end' | 'reset' | 'silence'): void;
  heal(): void;
  close(): Promise<void>;
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
}

interface Stream {
  response: ServerResponse;
  isSilent: boolean;
}

const passOn: LineFault = (line, pass) => pass(line);

const asWritten: Admission = (object) => object;

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** A proxy in front of an API server that does to watches what networks and servers do to them. */
export const startWatchProxy = async (
  kubeconfig: string,
  tls: { cert: string; key: string; ca: string },
): Promise<WatchProxy> => {
  const config = loadYaml<Kubeconfig>(kubeconfig);
  const [first] = config.clusters;
  if (!first) throw new Error('The kubeconfig names no cluster');
  const { cluster } = first;
  const { server, 'certificate-authority-data': authority = '' } = cluster;
  const dispatcher = new Agent({ connect: { ca: Buffer.from(authority, 'base64').toString() }, bodyTimeout: 0 });
  const streams = new Set<Stream>();

  const instead = (answer: Answer, response: ServerResponse): void => {
    if (answer === 'reset') response.socket?.destroy();
    else if (answer === 'silence') response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    else response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
  };

  const relay = async (body: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> => {
    const stream = { response, isSilent: false };
    streams.add(stream);
    let rest = '';
    for await (const chunk of body) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines)
        if (!stream.isSilent) proxy.line(line, (passed) => void (response.writable && response.write(`${passed}\n`)));
    }
    streams.delete(stream);
    if (!stream.isSilent) response.end();
  };

  const admitted = (body: Buffer, asked: Asked): Buffer =>
    body.length === 0
      ? body
      : Buffer.from(JSON.stringify(proxy.admit(JSON.parse(body.toString()) as Record<string, unknown>, asked)));

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = incoming;
    const asked = { method, path: url, isWatch: url.includes('watch=true') };
    proxy.asked.push(asked);
    const answer = proxy.answer?.(asked);
    if (answer) return instead(answer, response);
    const { host: _, connection: __, 'content-length': ___, ...passed } = headers;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const body = method === 'GET' ? null : admitted(await bodyOf(incoming), asked);
    const upstream = await send(`${server}${url}`, {
      method: method as 'GET',
      headers: passed,
      body,
      dispatcher,
      signal: gone.signal,
    });
    response.writeHead(upstream.statusCode, { 'content-type': String(upstream.headers['content-type']) });
    if (asked.isWatch && upstream.statusCode === 200) {
      response.flushHeaders();
      return relay(upstream.body, response);
    }
    const text = Buffer.from(await upstream.body.arrayBuffer());
    proxy.answered?.(asked);
    response.end(text);
    return undefined;
  };

  const proxy: WatchProxy = {
    kubeconfig: '',
    asked: [],
    answer: undefined,
    answered: undefined,
    line: passOn,
    admit: asWritten,
    breakStreams: (how) => {
      for (const stream of streams) {
        if (how === 'silence') stream.isSilent = true;
        else if (how === 'reset') stream.response.socket?.destroy();
        else stream.response.end();
        streams.delete(stream);
      }
    },
    heal: () => {
      proxy.answer = undefined;
      proxy.answered = undefined;
      proxy.line = passOn;
      proxy.admit = asWritten;
    },
    close: async () => {
      await listening.close();
      await dispatcher.destroy();
    },
  };
  const listening = await listen(
    (incoming, response) => {
      handle(incoming, response).catch(() => response.socket?.destroy());
    },
    { tls },
  );
  cluster.server = `https://localhost:${listening.port}`;
  cluster['certificate-authority-data'] = Buffer.from(tls.ca).toString('base64');
  proxy.kubeconfig = dumpYaml(config);
  return proxy;
};

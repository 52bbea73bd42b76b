import type { IncomingMessage, ServerResponse } from 'node:http';

/** `status` is null when no whole reply left the double. */
type Call = {
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  status: number | null;
};

const kept = 5000;
const secretNames = new Set(['code', 'client_secret', 'client_assertion', 'refresh_token', 'access_token', 'sig']);

/** The last calls, oldest first. Headers and bodies are not kept: they hold tokens. */
export function callLog(now: () => Date) {
  const calls: Call[] = [];
  return {
    calls,
    clear: () => {
      calls.length = 0;
    },
    record: (req: IncomingMessage, res: ServerResponse) => {
      const url = new URL(req.url ?? '/', 'http://double');
      const call: Call = {
        at: now().toISOString(),
        method: req.method ?? 'GET',
        path: url.pathname,
        query: Object.fromEntries([...url.searchParams].map(([name, value]) => [name, shown(name, value)])),
        status: null,
      };
      calls.push(call);
      if (calls.length > kept) calls.shift();
      res.once('finish', () => {
        call.status = res.statusCode;
      });
    },
  };
}

const shown = (name: string, value: string) => (secretNames.has(name.toLowerCase()) ? '…' : value);

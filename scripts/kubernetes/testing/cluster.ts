import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request as send } from 'undici';
import { parse } from 'yaml';

type Answer = {
  status: number;
  body: Body;
  text: string;
  headers: Record<string, string | string[] | undefined>;
};

// Tests look into answers freely; what is missing there is undefined.
// oxlint-disable-next-line typescript/no-explicit-any
export type Body = any;

type Request = {
  method?: string;
  path: string;
  body?: unknown;
  contentType?: string;
  accept?: string;
  /** Acts for this user instead. */
  as?: string;
};

export type Kubectl = { code: number; stdout: string; stderr: string };

/** A cluster under test, ours or the real one. */
export type Cluster = {
  kubeconfigPath: string;
  request(request: Request): Promise<Answer>;
  /** Lines of a watch until `isEnough` or its end. */
  watch(path: string, isEnough: (events: Body[]) => boolean, whenOpen?: () => Promise<unknown>): Promise<Body[]>;
  kubectl(args: readonly string[], input?: string): Promise<Kubectl>;
  hasKubectl: boolean;
  /** Makes the server forget its past events. */
  compact(): Promise<void>;
  close(): Promise<void>;
};

/** The command that runs kubectl on this machine, if there is one. */
export const kubectlCommand = (): string[] | undefined => {
  const tools = process.env.LEGENDOPS_TOOLS;
  const bundled = tools === undefined ? '' : join(tools, 'kube', 'kube');
  if (bundled !== '' && existsSync(bundled)) {
    const found = spawnSync(bundled, ['paths'], { encoding: 'utf8' });
    const kubectl = /"kubectl": "([^"]+)"/.exec(found.stdout)?.[1];
    return kubectl !== undefined && existsSync(kubectl) ? [kubectl] : [bundled, 'kubectl'];
  }
  return spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0 ? ['kubectl'] : undefined;
};

export const runCommand = ([program = '', ...args]: readonly string[], input?: string): Promise<Kubectl> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    child.stdin.end(input ?? '');
  });

type Kubeconfig = {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string } }[];
};

const pem = (data: string | undefined): string | undefined =>
  data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');

type Access = { kubeconfigPath: string; kubeconfig: string; compact: () => Promise<void>; close: () => Promise<void> };

export const clusterFrom = ({ kubeconfigPath, kubeconfig, compact, close }: Access): Cluster => {
  const { clusters, users } = parse(kubeconfig) as Kubeconfig;
  const { server, 'certificate-authority-data': authority } = clusters[0]?.cluster ?? {
    server: '',
    'certificate-authority-data': '',
  };
  const user = users[0]?.user ?? {};
  const [cert, key] = [pem(user['client-certificate-data']), pem(user['client-key-data'])];
  const dispatcher = new Agent({ connect: { ca: pem(authority), ...(cert && { cert }), ...(key && { key }) } });
  const authorization = user.token === undefined ? {} : { authorization: `Bearer ${user.token}` };
  const command = kubectlCommand();
  return {
    kubeconfigPath,
    request: async ({
      method = 'GET',
      path,
      body,
      as,
      contentType = 'application/json',
      accept = 'application/json',
    }) => {
      const response = await send(`${server}${path}`, {
        method: method as 'GET',
        dispatcher,
        headers: {
          ...authorization,
          accept,
          'user-agent': 'contract/1',
          ...(as !== undefined && { 'impersonate-user': as }),
          ...(body !== undefined && { 'content-type': contentType }),
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.body.text();
      const isJson = String(response.headers['content-type']).startsWith('application/json');
      return {
        status: response.statusCode,
        text,
        body: isJson ? JSON.parse(text) : undefined,
        headers: response.headers,
      };
    },
    watch: async (path, isEnough, whenOpen) => {
      const events: Body[] = [];
      const response = await send(`${server}${path}`, {
        dispatcher,
        headers: { ...authorization, accept: 'application/json' },
        signal: AbortSignal.timeout(30_000),
      });
      await whenOpen?.();
      let rest = '';
      for await (const chunk of response.body) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines.filter(Boolean).map((line) => JSON.parse(line)));
        if (isEnough(events)) break;
      }
      return events;
    },
    kubectl: (args, input) => {
      if (!command) throw new Error('There is no kubectl on this machine');
      return runCommand([...command, '--kubeconfig', kubeconfigPath, ...args], input);
    },
    hasKubectl: command !== undefined,
    compact,
    close: async () => {
      await dispatcher.destroy();
      await close();
    },
  };
};

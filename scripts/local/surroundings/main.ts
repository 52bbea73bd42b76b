import { messageOf } from '@legendops/kit/errors/message-of';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { listen } from '../../loopback/listen.ts';
import { clusterApi } from './cluster-api.ts';
import { parts, type RunningPart } from './parts.ts';
import { refusalOf } from './refusal.ts';
import { readSettings } from './settings.ts';

// One part of what LegendOps buys elsewhere, as the only program of its container. Where its state and secrets are comes
// by variables (settings.ts), what it is by its argument.
const managementPort = 8_082;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const end = (line: string): never => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

/** Probes ask here, the same for all parts: alive while the process is, ready when its part is. */
const serveHealth = async (): Promise<{ setReady: (ready: boolean) => void }> => {
  let isReady = false;
  await listen(
    (request, response) => {
      const ok = request.url === '/livez' || (request.url === '/readyz' && isReady);
      response.writeHead(ok ? 200 : 503, { 'content-type': 'text/plain' }).end(ok ? 'ok\n' : 'not ready\n');
    },
    { port: managementPort, host: '0.0.0.0' },
  );
  return {
    setReady: (ready) => {
      isReady = ready;
    },
  };
};

const run = async (name: string): Promise<void> => {
  const start = ownEntry(parts, name);
  if (!start) return end(`Usage: node main.ts ${Object.keys(parts).join('|')}`);
  const settings = readSettings(process.env);
  const refusal = await refusalOf(settings.environment, clusterApi(settings));
  if (refusal !== undefined) return end(refusal);
  const health = await serveHealth();
  const stopping = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const part: RunningPart = await start(settings, say);
  health.setReady(true);
  say(`${name} is ready`);
  const outcome = await Promise.race([
    stopping.then(() => 'asked'),
    ...(part.ended ? [part.ended.then(() => 'ended')] : []),
  ]);
  if (outcome === 'ended') return end(`${name} ended by itself`);
  health.setReady(false);
  await part.close();
  process.exit(0);
};

await run(process.argv[2] ?? '').catch((error: unknown) => end(messageOf(error)));

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { localCertificates } from '../../loopback/certificates.ts';
import { listen } from '../../loopback/listen.ts';
import { startPlatform, type Platform } from '../../local/platform.ts';
import { silentProgress } from '../../local/progress.ts';
import { seedOnce } from '../../seed/seed.ts';
import { manifestsOf } from '../charts/rendered.ts';
import { startAlertReceivers, type AlertReceivers } from './alert-receivers.ts';
import { observabilityChart, renderObservability } from './observability-chart.ts';
import { startAlertmanager, startBlackbox, startPrometheus, type Probes, type Prometheus } from './programs.ts';

export interface MonitoredPlatform {
  platform: Platform;
  prometheus: Prometheus;
  receivers: AlertReceivers;
  /** The portal as browsers reach it in production, by TLS. */
  publicUrl: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');

/** Ends TLS before the gateway, as the Gateway of a cluster does. */
const tlsBefore = async (gateway: string, tls: { cert: string; key: string }) => {
  const { hostname, port } = new URL(gateway);
  return listen(
    ({ method, url, headers }, response) => {
      const forwarded = ask({ hostname, port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      forwarded.on('error', () => response.destroy());
      forwarded.end();
    },
    { tls },
  );
};

/** alertmanager.yml as the chart makes it, for these receivers, and the files that it refers to. */
const alertmanagerFile = async (folder: string, receivers: AlertReceivers, smtpUrl: string): Promise<string> => {
  const secrets = join(folder, 'secrets');
  for (const [path, secret] of [
    ['legendops-alerts-slack/url', receivers.slackUrl],
    ['legendops-alerts-webhook/token', 'a-token'],
  ] as const) {
    await mkdir(join(secrets, path, '..'), { recursive: true });
    await writeFile(join(secrets, path), secret);
  }
  const rendered = await renderObservability(
    [
      'alerting.enabled=true',
      'alerting.form=file',
      `alerting.secretFolder=${secrets}`,
      'alerting.routes.critical.to={slack,email,webhook}',
      'alerting.routes.critical.groupWait=1s',
      'alerting.slack.channel=#alerts',
      'alerting.email.to=team@legendops.example',
      'alerting.email.from=alerts@legendops.example',
      `alerting.email.smarthost=${new URL(smtpUrl).host}`,
      'alerting.email.requireTls=false',
      `alerting.webhook.url=${receivers.webhookUrl}`,
      'alerting.webhook.secret=legendops-alerts-webhook',
    ],
    'alertmanager-file.yaml',
  );
  return (parse(rendered) as { data: Record<string, string> }).data['alertmanager.yml'] ?? '';
};

/** The whole platform with its example data, watched by the real programs with what our charts give them. */
export const startMonitoredPlatform = async (): Promise<MonitoredPlatform> => {
  const folder = await mkdtemp(join(tmpdir(), 'legendops-monitored-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).toReversed()) await one();
  };
  const closed = <T>(thing: T, how: (thing: T) => Promise<unknown>): T => {
    closers.push(() => how(thing));
    return thing;
  };
  const start = async (): Promise<MonitoredPlatform> => {
    const directory = join(folder, 'platform');
    const platform = closed(
      await startPlatform({ root, directory, usualPorts: false, progress: silentProgress }),
      (one) => one.stop(),
    );
    const receivers = closed(await startAlertReceivers(), (one) => one.close());
    const certificates = await localCertificates(platform.state.folder('certificates'));
    const front = closed(await tlsBefore(platform.endpoints.gateway, certificates), (one) => one.close());
    const publicUrl = `https://localhost:${front.port}`;
    const probes = await renderObservability(['probes.enabled=true', `probes.publicUrl=${publicUrl}`], 'probes.yaml');
    const alertmanager = closed(
      await startAlertmanager(folder, await alertmanagerFile(folder, receivers, platform.vendors.mailbox.smtpUrl)),
      (one) => one.stop(),
    );
    const file = join(observabilityChart, 'files/blackbox.yml');
    const blackbox = closed(await startBlackbox(folder, { file, caPath: certificates.caPath }), (one) => one.stop());
    const prometheus = closed(
      await startPrometheus(folder, {
        services: platform.managementPorts,
        probes: manifestsOf(probes).map(({ spec }) => spec as unknown as Probes),
        blackbox,
        alertmanager,
      }),
      (one) => one.stop(),
    );
    await seedOnce(platform, silentProgress, new AbortController().signal);
    return { platform, prometheus, receivers, publicUrl, close };
  };
  try {
    return await start();
  } catch (error) {
    await close();
    throw error;
  }
};

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import { freePort } from '@legendops/kit/testing/free-port';
import { stringify } from 'yaml';
import { rulesText } from '../../observability/rules.ts';

const debian = {
  prometheus: 'prometheus',
  'prometheus-alertmanager': 'prometheus-alertmanager',
  'prometheus-blackbox-exporter': 'prometheus-blackbox-exporter',
} as const;
type Program = keyof typeof debian;

/** Debian's packages that are not on this machine. */
export const missingPrograms = (): string[] =>
  Object.entries(debian).flatMap(([program, name]) =>
    spawnSync(program, ['--version']).error === undefined ? [] : [name],
  );

export interface Running {
  url: string;
  stop(): Promise<void>;
}

const start = async (options: {
  program: Program;
  folder: string;
  parameters: (port: number) => string[];
  readyPath: string;
  environment?: Record<string, string>;
}): Promise<Running> => {
  const { program, folder, parameters, readyPath, environment } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logPath = join(folder, `${program}.log`);
  const log = openSync(logPath, 'a');
  const child = spawn(program, parameters(port), {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = async (): Promise<string> =>
    `${program} answers ${readyPath}; it says:\n${await readFile(logPath, 'utf8')}`;
  await eventually(said, async () => {
    if (child.exitCode !== null) throw new Error(await said());
    const answer = await fetch(`${url}${readyPath}`).catch(() => undefined);
    return answer?.ok;
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** An Alertmanager that is nobody's peer. */
export const startAlertmanager = async (folder: string, configuration: string): Promise<Running> => {
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, configuration);
  return start({
    program: 'prometheus-alertmanager',
    folder,
    parameters: (port) => [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    readyPath: '/-/ready',
  });
};

/** A Blackbox exporter that trusts the authority of this machine. */
export const startBlackbox = (folder: string, { file, caPath }: { file: string; caPath: string }): Promise<Running> =>
  start({
    program: 'prometheus-blackbox-exporter',
    folder,
    parameters: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    environment: { SSL_CERT_FILE: caPath },
    readyPath: '/-/healthy',
  });

/** What a Probe resource asks for, as far as Prometheus is concerned. */
export interface Probes {
  jobName: string;
  module: string;
  targets: { staticConfig: { static: string[]; labels: Record<string, string> } };
}

export interface Prometheus extends Running {
  /** The series that answer a query now. */
  query(promql: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]>;
}

// Production looks every 30 seconds and judges every minute.
const often = '1s';

/** A Prometheus with our rules, that reads what the charts' ServiceMonitors and Probes name. */
export const startPrometheus = async (
  folder: string,
  of: {
    services: Readonly<Record<string, number>>;
    probes: readonly Probes[];
    blackbox: Running;
    alertmanager: Running;
  },
): Promise<Prometheus> => {
  const hostOf = ({ url }: Running): string => new URL(url).host;
  const services = Object.entries(of.services).map(([name, port]) => ({
    job_name: name,
    static_configs: [{ targets: [`127.0.0.1:${port}`] }],
  }));
  // As prometheus-operator makes it of a Probe.
  const probes = of.probes.map(({ jobName, module, targets: { staticConfig } }) => ({
    job_name: jobName,
    metrics_path: '/probe',
    params: { module: [module] },
    static_configs: [{ targets: staticConfig.static, labels: staticConfig.labels }],
    relabel_configs: [
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__param_target'], target_label: 'instance' },
      { target_label: '__address__', replacement: hostOf(of.blackbox) },
    ],
  }));
  await writeFile(join(folder, 'rules.yml'), rulesText.replaceAll('interval: 1m', `interval: ${often}`));
  const file = join(folder, 'prometheus.yml');
  const configuration = {
    global: { scrape_interval: often, evaluation_interval: often },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [hostOf(of.alertmanager)] }] }] },
    scrape_configs: [...services, ...probes],
  };
  await writeFile(file, stringify(configuration));
  const running = await start({
    program: 'prometheus',
    folder,
    parameters: (port) => [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    readyPath: '/-/ready',
  });
  return {
    ...running,
    query: async (promql) => {
      const answer = await fetch(`${running.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: promql }),
      });
      const body = (await answer.json()) as {
        data?: { result: Awaited<ReturnType<Prometheus['query']>> };
        error?: string;
      };
      if (body.data === undefined) throw new Error(`${promql}: ${body.error ?? 'no answer'}`);
      return body.data.result;
    },
  };
};

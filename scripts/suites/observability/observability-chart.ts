import { join } from 'node:path';
import { helm } from '../charts/rendered.ts';

export const observabilityChart = join(import.meta.dirname, '../../../charts/legendops-observability');

/** Addresses of everybody who can be told, in values. */
export const everybody = [
  'alerting.enabled=true',
  'alerting.routes.critical.to={slack,email,webhook}',
  'alerting.slack.channel=#alerts',
  'alerting.email.to=team@legendops.example',
  'alerting.email.from=alerts@legendops.example',
  'alerting.email.smarthost=mail.example:587',
  'alerting.email.login=alerts',
  'alerting.webhook.url=https://hooks.example/alerts',
  'alerting.webhook.secret=legendops-alerts-webhook',
] as const;

/** The chart's manifests with these values, or those of one of its templates. */
export const renderObservability = (values: readonly string[], template?: string): Promise<string> =>
  helm(
    'template',
    'legendops-observability',
    observabilityChart,
    '--namespace',
    'monitoring',
    ...values.flatMap((value) => ['--set', value]),
    ...(template === undefined ? [] : ['--show-only', `templates/${template}`]),
  );

import { describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { helm } from '../charts/rendered.ts';
import { everybody, observabilityChart, renderObservability } from './observability-chart.ts';

const refusal = (...values: string[]): Promise<string> =>
  renderObservability(values).then(
    () => 'nothing is refused',
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );

describe.skipIf(toolsFolder === undefined)(
  'the values of charts/legendops-observability (needs LEGENDOPS_TOOLS)',
  () => {
    it('pass the strict lint as they are, and with everybody who can be told', async () => {
      for (const values of [[], everybody]) {
        const settings = values.flatMap((value) => ['--set', value]);
        const said = await helm('lint', '--strict', observabilityChart, '--namespace', 'monitoring', ...settings);
        expect(said).toContain('1 chart(s) linted, 0 chart(s) failed');
      }
    });

    it.each([
      ['alerts.enabled=true', "at '': additional properties 'alerts' not allowed"],
      ['rules.runbook=https://x', "at '/rules': additional properties 'runbook' not allowed"],
      ['alerting.form=Secret', "at '/alerting/form': value must be one of"],
      ['alerting.routes.page.to={slack}', "at '/alerting/routes': additional properties 'page' not allowed"],
      ['alerting.routes.critical.to={pager}', "at '/alerting/routes/critical/to/0': value must be one of"],
      ['alerting.routes.warning.groupWait=5', "at '/alerting/routes/warning/groupWait'"],
      [
        'alerting.slack.url=https://hooks.slack.example/x',
        "at '/alerting/slack': additional properties 'url' not allowed",
      ],
      ['alerting.routes.critical=null', "at '/alerting/routes': missing property 'critical'"],
      ['alerting.routes.warning.groupWait=null', "at '/alerting/routes/warning': missing property 'groupWait'"],
      ['destination=grafana-cloud,logs.enabled=false', 'logs.enabled is false, and destination grafana-cloud'],
      ['alerting.slack.channel=alerts', "at '/alerting/slack/channel'"],
      ['alerting.email.password=x', "at '/alerting/email': additional properties 'password' not allowed"],
      ['alerting.email.smarthost=mail.example', "at '/alerting/email/smarthost'"],
    ])('refuse %s by its path', async (setting, said) => {
      expect(await refusal(setting)).toContain(said);
    });

    it('refuse a route to somebody without an address, by the value that is empty', async () => {
      expect(await refusal('alerting.enabled=true')).toContain(
        'alerting.slack.channel is empty, and alerting.routes.critical.to names slack',
      );
      expect(await refusal(...everybody, 'alerting.email.smarthost=')).toContain(
        'alerting.email needs from and smarthost',
      );
    });
  },
);

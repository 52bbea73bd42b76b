import type { Alert } from '../alert.ts';

const ours = '{product="legendops",instance="https://portal.example"}';
const success = `probe_success${ours}`;
const expiry = `probe_ssl_earliest_cert_expiry${ours}`;
const day = 86_400;

/** What the Blackbox exporter sees of our public addresses. */
export const addressAlerts: readonly Alert[] = [
  {
    name: 'AddressDoesNotAnswer',
    expression: 'max by (instance) (probe_success{product="legendops"}) == 0',
    lasting: '3m',
    severity: 'critical',
    summary: '{{ $labels.instance }} does not answer as it should from outside',
    runbook: 'addresses',
    fires: {
      atMinute: 5,
      series: { [success]: '0x10' },
      labels: { instance: 'https://portal.example' },
    },
    silent: { atMinute: 5, series: { [success]: '0 1 0 1 0 1 0 1' } },
  },
  {
    name: 'CertificateEnds',
    expression: `min by (instance) (probe_ssl_earliest_cert_expiry{product="legendops"}) - time() < ${14 * day}`,
    lasting: '1h',
    severity: 'warning',
    summary: 'The certificate of {{ $labels.instance }} ends within two weeks',
    runbook: 'addresses',
    fires: { atMinute: 70, series: { [expiry]: `${10 * day}x90` }, labels: { instance: 'https://portal.example' } },
    silent: { atMinute: 70, series: { [expiry]: `${20 * day}x90` } },
  },
];

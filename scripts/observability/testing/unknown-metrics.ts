import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const reference = readFileSync(join(import.meta.dirname, '../../../docs/reference/metrics.md'), 'utf8');
const labelsOf = new Map(
  [...reference.matchAll(/^\| `(\S+)` \| \w+ \| (.*?) \|/gm)].map(([, name = '', labels = '']) => [
    name,
    [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
  ]),
);
const ours =
  /\b(legendops_\w+|http_request_\w+|controller_\w+|workqueue_\w+|reflector_\w+|leader_election_\w+|rest_client_\w+)(?:\{([^}]*)\})?/g;
// Prometheus adds these, and those of buckets.
const everywhere = ['job', 'instance', 'le'];

/** What a query asks of our metrics. */
export const askedOf = (query: string): { metric: string; labels: string[] }[] =>
  [...query.matchAll(ours)].map(([, name = '', matchers = '']) => ({
    metric: labelsOf.has(name) ? name : name.replace(/_(count|sum|bucket)$/, ''),
    labels: [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));

/** Metrics and labels that a query asks for and no code of ours tells. */
export const unknownIn = (query: string): string[] =>
  askedOf(query).flatMap(({ metric, labels }) => {
    const known = labelsOf.get(metric);
    if (known === undefined) return [metric];
    return labels.filter((label) => ![...everywhere, ...known].includes(label)).map((label) => `${metric}{${label}}`);
  });

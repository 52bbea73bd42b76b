import type { Stage } from './stages.ts';

const columns = [
  'stage',
  'tenants',
  'seconds',
  'tenants/s',
  'p50 s',
  'p99 s',
  'API reads',
  'API writes',
  'SQL statements',
  'rows written',
  'vault writes',
  'RSS MiB',
] as const;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table, so that the run's output is the reference page's. Counts are a tenant's; of idle the whole time's. */
export const heading = `${line(columns)}\n${line(columns.map((_, index) => (index === 0 ? '---' : '---:')))}`;

export const row = (stage: Stage): string => {
  const { title, tenants, seconds, convergence } = stage;
  const each = (count: number): string => String(title === 'idle' ? count : Number((count / tenants).toFixed(1)));
  return line([
    title,
    tenants.toLocaleString('en'),
    seconds.toFixed(seconds < 10 ? 2 : 0),
    title === 'idle' ? '' : (tenants / seconds).toFixed(1),
    convergence?.p50.toFixed(1) ?? '',
    convergence?.p99.toFixed(1) ?? '',
    each(stage.apiReads),
    each(stage.apiWrites),
    each(stage.statements),
    each(stage.rowsWritten),
    each(stage.vaultWrites),
    stage.memoryMiB.toFixed(0),
  ]);
};
